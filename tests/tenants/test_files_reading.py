from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterator

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.files import TownFileInvalid, read, write
from tests.tenants.larkfield import LARKFIELD

GOOD = write(LARKFIELD)
FIRST_QUESTION = 'categories[1] "main-break".questions[1] "how-fast"'


def findings(text: str) -> list[str]:
    """What is said of a file, without the number of the line."""
    with pytest.raises(TownFileInvalid) as refused:
        read(text, source="larkfield.toml")
    return [f"{each.path}: {each.remedy}" for each in refused.value.findings]


def edited(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def everywhere(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_an_accepted_file_is_the_town() -> None:
    assert read(GOOD, source="larkfield.toml") == LARKFIELD


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "level = 4",
            "level = 9",
            'categories[2] "pothole".level: Write a whole number from 1 to 5 '
            "instead of 9.",
            id="out of range",
        ),
        pytest.param(
            "level = 4",
            'level = "four"',
            'categories[2] "pothole".level: Write a whole number from 1 to 5 '
            'instead of "four".',
            id="another type",
        ),
        pytest.param(
            "level = 4",
            "level = true",
            'categories[2] "pothole".level: Write a whole number from 1 to 5 '
            "instead of true.",
            id="true is not the number one",
        ),
        pytest.param(
            "level = 4\n",
            "",
            'categories[2] "pothole".level: Add this field: a whole number from 1 '
            "to 5.",
            id="a missing field",
        ),
        pytest.param(
            "level = 4\n",
            "level = 4\nlevl = 4\n",
            'categories[2] "pothole".levl: Remove this unknown field; did you mean '
            '"level"?',
            id="an unknown field",
        ),
        pytest.param(
            "format = 1",
            "format = 1\nxyzzy = 1",
            "xyzzy: Remove this unknown field.",
            id="an unknown field that is like no other",
        ),
        pytest.param(
            'kind = "complaint"',
            'kind = "gripe"',
            'categories[2] "pothole".kind: Write one of "complaint", "information", '
            '"problem", "request" instead of "gripe".',
            id="not among the choices",
        ),
        pytest.param(
            "promise.hours = 9",
            "promise.hours = 0",
            'categories[2] "pothole".promise.hours: Write a number above 0 and up to '
            "8760 instead of 0.",
            id="not above the least",
        ),
        pytest.param(
            'key = "pothole"',
            'key = "Pot hole"',
            'categories[2] "Pot hole".key: Write a key of at most 40 small letters, '
            'digits and hyphens instead of "Pot hole".',
            id="an ill-formed key",
        ),
        pytest.param(
            'mobile = "+13125550151"',
            'mobile = "312 555 0151"',
            'contacts[1] "ana".mobile: Write a telephone number with its country, as '
            'in "+13125550142" instead of "312 555 0151".',
            id="an ill-formed number",
        ),
        pytest.param(
            'mobile = "+13125550151"',
            'mobile = "+13120000000"',
            'contacts[1] "ana".mobile: Check the digits: +13120000000 is no telephone '
            "number of its country.",
            id="a number that cannot be",
        ),
        pytest.param(
            'mobile = "+13125550151"',
            'mobile = "+9990000000"',
            'contacts[1] "ana".mobile: Check the digits: +9990000000 is no telephone '
            "number of its country.",
            id="a country that is not",
        ),
        pytest.param(
            "anchor = 2026-01-05T08:00:00",
            "anchor = 2026-01-05T08:00:00Z",
            'rosters[1] "water".anchor: Write a local day and time, as in '
            "2026-02-09T08:00:00 instead of 2026-01-05T08:00:00+00:00.",
            id="wall time has no offset",
        ),
        pytest.param(
            "opens = 08:00:00",
            "opens = 8",
            "hours[1].opens: Write a time, as in 08:00:00 instead of 8.",
            id="not a time",
        ),
        pytest.param(
            "day = 2026-12-23",
            "day = 2026-12-23T00:00:00",
            "closures[1].day: Write a day, as in 2026-12-24 instead of "
            "2026-12-23T00:00:00.",
            id="a time is not a day",
        ),
        pytest.param(
            "[-87, 42],",
            "[-87],",
            "boundary[3]: Write a longitude and a latitude, as in [-87.9, 41.8] "
            "instead of a list.",
            id="half a point",
        ),
        pytest.param(
            "  [-87, 42],\n",
            "",
            "boundary: Write a list in brackets, each item a longitude and a latitude, "
            "as in [-87.9, 41.8]; at least 4.",
            id="too short a list",
        ),
        pytest.param(
            'name.en = "Larkfield"\nname.fr = "Larkfield"',
            'name = "Larkfield"',
            'name: Write its fields by name: en, fr instead of "Larkfield".',
            id="words without a language",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = "ana"',
            'rosters[1] "water".members: Write a list in brackets, each item a key of '
            'at most 40 small letters, digits and hyphens instead of "ana".',
            id="one instead of a list",
        ),
        pytest.param(
            '  { channel = "sms" },',
            '  "sms",',
            'policies[1] "everyday".steps[1].rungs[1]: Write its fields by name: '
            'channel, after instead of "sms".',
            id="a word instead of a table",
        ),
        pytest.param(
            "required = true",
            'required = "yes"',
            f'{FIRST_QUESTION}.required: Write true or false instead of "yes".',
            id="yes is not true",
        ),
        pytest.param(
            'time_zone = "America/Chicago"',
            'time_zone = "America/Chicgo"',
            'time_zone: Name a time zone, as in "America/Chicago"; did you mean '
            '"America/Chicago"?',
            id="an unknown time zone",
        ),
        pytest.param(
            'holidays = "US-IL"',
            'holidays = "US-ZZ"',
            "holidays: Name a region with a calendar; did you mean",
            id="an unknown calendar",
        ),
        pytest.param(
            "  [-88, 41],\n]",
            "  [-88, 40],\n]",
            "boundary: Draw the boundary as one ring that closes: its last point is "
            "not its first.",
            id="an open boundary",
        ),
        pytest.param(
            "  [-87, 42],\n  [-88, 41],\n]",
            "  [-87, 42],\n  [-87.5, 40.5],\n  [-88, 41],\n]",
            "boundary: Draw the boundary as one ring that closes: Self-intersection",
            id="a boundary that crosses itself",
        ),
        pytest.param(
            'department = "streets"\nmobile',
            'department = "street"\nmobile',
            'contacts[3] "desk".department: Name an entry of departments: there is no '
            '"street"; did you mean "streets"?',
            id="a contact's unknown department",
        ),
        pytest.param(
            'department = "streets"\nlevel',
            'department = "xx"\nlevel',
            'categories[2] "pothole".department: Name an entry of departments: there '
            'is no "xx".',
            id="a category's unknown department",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = ["ana", "den"]',
            'rosters[1] "water".members[2]: Name an entry of contacts: there is no '
            '"den"; did you mean "dan"?',
            id="an unknown member",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = ["ana"]\noverrides = [{ contact = "al", '
            "starts = 2026-01-06T00:00:00, ends = 2026-01-05T00:00:00 }]",
            'rosters[1] "water".overrides[1].ends: Let it end after it starts.',
            id="a window that ends before it starts",
        ),
        pytest.param(
            'to = ["roster:water"]',
            'to = ["roster:watr"]',
            'policies[1] "everyday".steps[1].to[1]: Name an entry of rosters: there is '
            'no "watr"; did you mean "water"?',
            id="an unknown roster",
        ),
        pytest.param(
            'to = ["roster:water"]',
            'to = ["water"]',
            'policies[1] "everyday".steps[1].to[1]: Write "roster:KEY", "contact:KEY" '
            'or "department" instead of "water".',
            id="a target of no kind",
        ),
        pytest.param(
            'last_resort = ["contact:desk"]',
            'last_resort = ["contact:disk"]',
            'policies[1] "everyday".last_resort[1]: Name an entry of contacts: there '
            'is no "disk"; did you mean "desk"?',
            id="an unknown last resort",
        ),
        pytest.param(
            'last_resort = ["contact:desk"]',
            "last_resort = []",
            'policies[1] "everyday".last_resort: Write a list in brackets, each item a '
            "text in quotes; at least 1.",
            id="no last resort",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            'levels = [1, 2, 3, 4, 5]\ncategories = ["potholes"]\n'
            'departments = ["wather"]',
            'policies[1] "everyday".categories[1]: Name an entry of categories: there '
            'is no "potholes"; did you mean "pothole"?',
            id="a policy for an unknown category",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            "levels = [1, 2, 4, 5]",
            "policies: Add a policy for level 3 while the town hall is open: none fits "
            '"main-break", "pothole".',
            id="a level without a policy",
        ),
        pytest.param(
            'question = "how-fast"',
            'question = "how-far"',
            'categories[1] "main-break".questions[2] "inside".shown_if.question: Name '
            'a question that is asked before; did you mean "how-fast"?',
            id="shown by an unknown question",
        ),
        pytest.param(
            'answers = ["lifting"]',
            'answers = ["lift"]',
            'categories[1] "main-break".questions[2] "inside".shown_if.answers[1]: '
            'Name a choice of "how-fast"; did you mean "lifting"?',
            id="shown by an unknown answer",
        ),
        pytest.param(
            'type = "text"',
            'type = "choice"',
            'categories[1] "main-break".questions[3] "which".choices: Give choices to '
            'a question of type "choice", and to no other.',
            id="a choice without choices",
        ),
        pytest.param(
            ', say.en = "I am connecting you to 911.", '
            'say.fr = "Je vous mets en ligne avec 911."',
            "",
            'categories[1] "main-break".questions[2] "inside".choices[2] "wires".say: '
            "Add what is said to the caller before 911 is dialed.",
            id="a stop without words",
        ),
        pytest.param(
            'key = "dan"',
            'key = "ana"',
            'contacts[2] "ana".key: Choose another: "ana" is taken by entry 1 of the '
            "list.",
            id="a key used twice",
        ),
        pytest.param(
            '{ key = "lifting"',
            '{ key = "trickle"',
            f'{FIRST_QUESTION}.choices[2] "trickle".key: Choose another: "trickle" is '
            "taken by entry 1 of the list.",
            id="a choice used twice",
        ),
        pytest.param(
            'when = "closed"',
            'when = "open"',
            'phrases[2] "open".when: Choose another: "open" is taken by entry 1 of the '
            "list.",
            id="a phrase given twice",
        ),
        pytest.param(
            'when = "closed"',
            'when = "holiday"',
            'phrases: Add the phrase for when = "closed".',
            id="a phrase not given",
        ),
        pytest.param(
            'name.fr = "Nid-de-poule"\n',
            "",
            'categories[2] "pothole".name.fr: Add the French words: callers are spoken '
            "to in it.",
            id="words missing in a language",
        ),
        pytest.param(
            'name = "Ana Ruiz"',
            'name = "Ana Ruiz"\ntitle.fr = "Contremaîtresse"',
            'contacts[1] "ana".title.en: Add the English words: callers are spoken to '
            "in it.",
            id="what may be left out is said in both or not at all",
        ),
        pytest.param(
            "Filled by {due}.",
            "Filled by {duw}.",
            'categories[2] "pothole".promise.say.en: Take out {duw}: nothing would be '
            "put in its place; only {due} is filled in here.",
            id="an unknown placeholder",
        ),
        pytest.param(
            "We are closed.",
            "We are closed, {agent.",
            'phrases[2] "closed".greeting.en: Take out {agent.: nothing would be put '
            "in its place.",
            id="a placeholder where none is filled in",
        ),
        pytest.param(
            'name = "Dan Ortiz"',
            'name = " "',
            'contacts[2] "dan".name: Write a name instead of " ".',
            id="nobody's name",
        ),
        pytest.param(
            "opens = 08:00:00\ncloses = 10:00:00",
            "opens = 08:00:00",
            "closures[1]: Give both opens and closes, or neither for a whole day "
            "closed.",
            id="half a closure",
        ),
        pytest.param(
            'languages = ["en", "fr"]',
            'languages = ["fr"]',
            'lines[1] "+13125550150".language: Choose one of the town\'s languages, or '
            'add "en" to languages.',
            id="a line in another language",
        ),
        pytest.param(
            'languages = ["en", "fr"]',
            'languages = ["en", "fr", "en"]',
            'languages[3]: Choose another: "en" is taken by entry 1 of the list.',
            id="a language twice",
        ),
    ],
)
def test_each_fault_is_named_with_its_place_and_its_remedy(
    old: str, new: str, said: str
) -> None:
    found = findings(edited(old, new))

    assert any(each.startswith(said) for each in found), found


def test_business_promises_need_hours() -> None:
    document = tomlkit.parse(GOOD)
    document["hours"] = []

    assert findings(tomlkit.dumps(document)) == [
        'categories[2] "pothole".promise.clock: Write "elapsed": without [[hours]] no '
        "business time passes."
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = edited("level = 4", "level = 9")
    text = text.replace('name.fr = "Eau"\n', "")
    text = text.replace("days = 7", 'days = "week"')

    with pytest.raises(TownFileInvalid) as refused:
        read(text, source="larkfield.toml")

    written = text.splitlines()
    found = refused.value.findings
    assert [each.path for each in found] == [
        'departments[1] "water".name.fr',
        'rosters[1] "water".days',
        'categories[2] "pothole".level',
    ]
    assert written[found[1].line - 1] == 'days = "week"'
    assert written[found[2].line - 1] == "level = 9"
    assert str(refused.value).startswith(
        "larkfield.toml has 3 things to put right; nothing of it was taken over.\n"
        f"  line {found[0].line}, departments[1] "
    )


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        pytest.param("[[departments]]", "[[departmants]]", 2, id="a misspelled table"),
        pytest.param(
            '[[contacts]]\nkey = "ana"', "[[contacts]]\nkey = 1", 1, id="a key"
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]", "levels = 1", 1, id="a policy's levels"
        ),
        pytest.param(
            'languages = ["en", "fr"]', "languages = 1", 1, id="the languages"
        ),
    ],
)
def test_what_only_follows_from_a_fault_is_not_told(
    old: str, new: str, number: int
) -> None:
    assert len(findings(everywhere(old, new))) == number


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        pytest.param(
            "format = 1\nslug = larkfield\n",
            "line 2, column 8",
            "Write this as TOML: Invalid value.",
            id="a word without quotes",
        ),
        pytest.param(
            'format = 1\nslug = "lark',
            "line 2, its end",
            "Write this as TOML: Unterminated string.",
            id="a text that does not end",
        ),
        pytest.param(
            "a = " + "[" * 2_000 + "]" * 2_000,
            "line 1, the file",
            "Nest its lists and tables less deeply.",
            id="a file made to exhaust its reader",
        ),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(
    text: str, place: str, said: str
) -> None:
    with pytest.raises(TownFileInvalid) as refused:
        read(text, source="larkfield.toml")

    assert [str(each) for each in refused.value.findings] == [f"{place}: {said}"]
    assert "has 1 thing to put right" in str(refused.value)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[object]:
    """Every place in a document, the document itself left out."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, each in value.items():
            yield from places(each, (*path, name))
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*path, number))


DOCUMENT = tomllib.loads(GOOD)
ANYTHING = st.one_of(
    st.booleans(),
    st.integers(-10, 10**12),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.just([]),
    st.just({}),
    st.just([{"key": 1}]),
    st.just([[1.0, 2.0]]),
)


@settings(max_examples=100, deadline=None)
@given(place=st.sampled_from(list(places(DOCUMENT))), value=ANYTHING)
def test_whatever_stands_in_a_field_is_accepted_or_told(
    place: tuple[str | int, ...], value: object
) -> None:
    document = tomllib.loads(GOOD)
    inner: object = document
    for step in place[:-1]:
        inner = inner[step]  # type: ignore[index]  # the path was read from it
    inner[place[-1]] = value  # type: ignore[index]  # the path was read from it
    text = tomlkit.dumps(document)

    with contextlib.suppress(TownFileInvalid):
        read(text, source="any.toml")
