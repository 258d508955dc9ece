from __future__ import annotations

import pytest
from hypothesis import given, settings

from tenants import examples
from tenants.files import write
from tenants.files.places import Path, line_of, lines
from tenants.town import Town
from tests.tenants.strategies import towns

WRITTEN = '''# a comment with [[brackets]] = and "quotes
format = 1

name.en = "He said \\"[[x]]\\" # no comment"
'quoted key'."two" = 2
long = """
[[not]]
a = table"""
raw = \'\'\'
b = "\'\'\'
ratio = 1.5
when = 2026-02-09 08:00:00   # a space inside
points = [
  [1.0, 2.0], # first
  # between
  [3.0, 4.0],
]
deep = { a = [1, { b.c = "}" }], d = "]" }

[[towns]]
key = "one"
  [[towns.parts]]
  key = "a"
  [[towns.parts]]
  key = "b"
[[towns]]
[[towns.parts]]
key = "c"
[towns.place]
east = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("format",), 2, id="a field"),
        pytest.param(("name", "en"), 4, id="a dotted field"),
        pytest.param(("name",), 4, id="and what it is part of"),
        pytest.param(("quoted key", "two"), 5, id="quoted names"),
        pytest.param(("long",), 6, id="a text of several lines"),
        pytest.param(("raw",), 9, id="after it the count goes on"),
        pytest.param(("ratio",), 11, id="a point in a number names nothing"),
        pytest.param(("points", 1, 0), 16, id="an item on a line of its own"),
        pytest.param(("deep", "a", 1, "b", "c"), 18, id="all on one line"),
        pytest.param(("towns", 0), 20, id="a table in a list"),
        pytest.param(("towns", 0, "parts", 1, "key"), 25, id="a list within it"),
        pytest.param(("towns", 1, "parts", 0, "key"), 28, id="counts anew in the next"),
        pytest.param(
            ("towns", 1, "place", "east"), 30, id="a table of the latest item"
        ),
        pytest.param(
            ("towns", 1, "missing"), 26, id="what is absent is near its table"
        ),
        pytest.param(("nowhere",), 1, id="or at the beginning"),
    ],
)
def test_a_field_stands_on_its_line(path: Path, line: int) -> None:
    assert line_of(path, lines(WRITTEN)) == line


@pytest.mark.parametrize("name", examples.names())
def test_every_field_of_the_examples_is_found_where_its_name_is(name: str) -> None:
    text = examples.text(name)
    written = text.splitlines()

    for path, line in lines(text).items():
        names = [step for step in path if isinstance(step, str)]
        assert isinstance(path[-1], int) or names[-1] in written[line - 1], path


@settings(max_examples=20, deadline=None)
@given(town=towns())
def test_every_key_of_any_town_is_found_on_its_line(town: Town) -> None:
    text = write(town)
    written = text.split("\n")

    found = lines(text)

    for number, contact in enumerate(town.contacts):
        line = found["contacts", number, "key"]
        assert written[line - 1] == f'key = "{contact.key}"'
