"""A file edited in place: it says exactly what it should, and keeps every remark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants import examples
from tenants.drafting import Assign, Drop, Edit, Move, Put
from tenants.drafting.edits import applied
from tenants.files import recall, write
from tenants.files.editing import rewritten
from tenants.files.matching import name_of
from tenants.files.reading import examined
from tenants.town import Part, Publishing, Recording, Text, Town
from tests.tenants.larkfield import LARKFIELD, both
from tests.tenants.strategies import towns

TABLES = ("contacts", "departments", "categories", "phrases", "life_safety", "lines")
REMARK = re.compile(r"# (\d+)$", re.MULTILINE)
# A whole town is a large example; a few of them say more than many of its parts.
whole_towns = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck)
)
some_edits = settings(max_examples=25, deadline=None)


def remarked(text: str) -> str:
    """Behind every line that says something its own number, as a comment."""
    lines = (
        f"{line}  # {number}" if line.strip() else line
        for number, line in enumerate(text.split("\n"))
    )
    return "\n".join(lines)


FILE = remarked(write(LARKFIELD))


def remarks(text: str) -> list[str]:
    return REMARK.findall(text)


def remarks_of(table: str, key: str) -> Iterator[str]:
    """Those on the lines of one entry, as the canonical file has them."""
    place = [name_of(each) for each in getattr(LARKFIELD, table)].index(key)
    seen, inside = -1, False
    for line in FILE.split("\n"):
        if line.startswith("[["):
            seen += line.startswith(f"[[{table}]]")
            inside = line.startswith(f"[[{table}") and seen == place
        if inside:
            yield from REMARK.findall(line)


def lines_but(own: set[str], text: str) -> Iterator[str]:
    """Every line of the file as it is, without those of one entry."""
    for line in text.split("\n"):
        if (number := REMARK.search(line)) and number[1] not in own:
            yield line


def strange(entry: Part) -> Part:
    """Something else in an entry than there is, whatever it is."""
    field = next(
        e for e in ("title", "name", "label", "say", "agent") if hasattr(entry, e)
    )
    now = getattr(entry, field)
    value = both("Else", "Autre") if isinstance(now, Text) else "Somebody else"
    return replace(entry, **{field: value})


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    table = draw(st.sampled_from(TABLES))
    entries = getattr(LARKFIELD, table)
    entry = draw(st.sampled_from(entries))
    before = draw(st.sampled_from(["", *(name_of(each) for each in entries)]))
    other = Put(table=table, entry=strange(entry), key=name_of(entry))
    gone = Drop(table=table, key=name_of(entry))
    moved = Move(table=table, key=name_of(entry), before=before)
    done: list[Edit] = [other, gone, moved]
    return draw(st.sampled_from(done))


@some_edits
@given(change=edits())
def test_an_edit_says_what_it_should_and_touches_nothing_else(change: Edit) -> None:
    assert not isinstance(change, Assign)
    after = applied(LARKFIELD, change)

    text = rewritten(FILE, LARKFIELD, after)

    own = {*remarks_of(change.table, change.key)}
    assert read_anyhow(text) == after
    assert [*lines_but(own, text)] == [*lines_but(own, FILE)]
    if not isinstance(change, Drop):
        assert {*remarks(text)} == {*remarks(FILE)}


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        pytest.param(
            Assign(field="color", value="#112233"),
            'color = "#e8c200"\n',
            'color = "#112233"\n',
            id="a plain field",
        ),
        pytest.param(
            Assign(field="survey", value=replace(LARKFIELD.survey, percent=5)),
            "survey.percent = 20\n",
            "survey.percent = 5\n",
            id="a field of a table",
        ),
        pytest.param(
            Assign(field="publishing", value=Publishing(second_person=True)),
            "survey.not_again_days = 90\n",
            "survey.not_again_days = 90\npublishing.second_person = true\n",
            id="a table that was not there",
        ),
        pytest.param(
            Put(
                table="contacts",
                entry=replace(LARKFIELD.contacts[0], roles=("foreman",)),
                key="ana",
            ),
            'mobile = "+13125550151"\n',
            'mobile = "+13125550151"\nroles = ["foreman"]\n',
            id="a field that was not there",
        ),
    ],
)
def test_only_the_words_that_change_are_changed(
    change: Edit, old: str, new: str
) -> None:
    file = write(LARKFIELD)
    assert old in file

    text = rewritten(file, LARKFIELD, applied(LARKFIELD, change))

    assert text == file.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "[recording] # ours\nannounce.en = 'We record.' # why\n",
            "[recording] # ours\nannounce.en = 'We record.' # why\nkeep_days = 7\n",
            id="under a header",
        ),
        pytest.param(
            "recording = { announce = { en = 'We record.' }, keep_days = 30 } # all\n",
            "recording = { announce = { en = 'We record.' }, keep_days = 7 } # all\n",
            id="on one line",
        ),
    ],
)
def test_a_table_stays_as_it_is_written(old: str, new: str) -> None:
    """The header goes behind all other fields, the line before the first header."""
    plain = write(LARKFIELD)
    head, body = plain.split("\n\n", 1)
    text, expected = (
        f"{plain}\n{part}" if part.startswith("[") else f"{head}\n{part}\n{body}"
        for part in (old, new)
    )
    town = recall(text)
    assert isinstance(town.recording, Recording)

    changed = replace(town, recording=replace(town.recording, keep_days=7))

    assert rewritten(text, town, changed) == expected


def test_a_list_over_several_lines_keeps_its_remarks() -> None:
    text = write(LARKFIELD).replace(
        'members = ["ana", "dan"]',
        "members = [\n  # Since spring.\n  'ana', # first\n  'dan' # then\n]",
    )
    town = recall(text)
    water = town.rosters[0]

    def with_members(*members: str) -> str:
        rosters = (replace(water, members=members),)
        return rewritten(text, town, replace(town, rosters=rosters))

    longer = with_members("ana", "dan", "desk")
    assert (
        "# Since spring.\n  'ana', # first\n  'dan', # then\n  \"desk\",\n]" in longer
    )
    assert "members = [\n  # Since spring.\n  'dan', # then\n]" in with_members("dan")
    assert read_anyhow(with_members("dan", "ana")).rosters[0].members == ("dan", "ana")


def test_words_that_look_like_a_comment_are_none() -> None:
    text = write(LARKFIELD).replace(
        'ask.en = "Is anyone hurt?"', 'ask.en = """Is anyone\n# hurt?"""'
    )
    town = recall(text)
    moved = replace(town, departments=town.departments[::-1], life_safety=())

    changed = rewritten(text, town, moved)

    assert recall(changed) == moved
    assert recall(rewritten(changed, moved, town)) == town


@whole_towns
@given(old=towns(), new=towns())
def test_any_town_can_become_any_other(old: Town, new: Town) -> None:
    assert recall(rewritten(write(old), old, new)) == new


@pytest.mark.parametrize("name", examples.names())
def test_a_real_file_becomes_another_and_itself_again(name: str) -> None:
    text = examples.text(name)
    town = recall(text)
    fewer = replace(town, contacts=town.contacts[:-1], categories=town.categories[1:])

    without = rewritten(text, town, fewer)
    again = recall(rewritten(without, fewer, town))

    assert recall(without) == fewer
    assert again == town


def read_anyhow(text: str) -> Town:
    """Also where a list that must not be empty is: that is for others to say."""
    return examined(text, source="a file")[0]
