from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterator

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.files import TownFileInvalid, read
from tenants.files.findings import named
from tests.tenants.edits import GOOD, edited, everywhere, findings
from tests.tenants.larkfield import LARKFIELD


def test_an_accepted_file_is_the_town() -> None:
    assert read(GOOD, source="larkfield.toml") == LARKFIELD


def test_business_promises_need_hours() -> None:
    document = tomlkit.parse(GOOD)
    document["hours"] = []

    assert findings(tomlkit.dumps(document)) == [
        'categories[2] "pothole".promise.clock: Count it around the clock, or give '
        "the town hall its hours: without them no business time passes."
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


def test_a_place_that_is_not_in_the_document_has_a_name_all_the_same() -> None:
    assert named(("rosters", 1, "members", 0), {"rosters": []}) == (
        "rosters[2].members[1]"
    )


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


@settings(max_examples=60, deadline=None)
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
