"""However often a file says the same, it is one place, and the counts add up."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.places import Told
from tenants.places.importing.gathering import Gathering
from tests.tenants.example_towns import TOWNS

HEADER = "number,street,lat,lon\n"
STREETS = ("Elm St", "ELM STREET", "rue Saint-Paul", "4th Ave", "Fourth Avenue", "")
LINES = st.lists(
    st.tuples(
        st.sampled_from(("1", "2", "12A", "twelve", "", "0")),
        st.sampled_from(STREETS),
        st.sampled_from(("41.88,-87.90", "41.89,-87.91", ",", "1e7,2e6", "-87.9,41.8")),
    ),
    max_size=20,
)
Lines = list[tuple[str, str, str]]


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_a_file_said_twice_is_said_once(lines: Lines) -> None:
    once, twice = gathered(lines), gathered([*lines, *lines])

    assert once.kept == twice.kept
    assert len(once.courses) == len(twice.courses)
    assert twice.twice == once.kept + 2 * once.twice


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_every_line_is_accounted_for(lines: Lines) -> None:
    """But for lines of nothing but separators, which spreadsheets leave at the end."""
    found = gathered(lines)

    assert found.read == sum(each != ("", "", ",") for each in lines)
    assert found.read == found.kept + found.twice + found.lines + len(found.bad)
    assert all(1 < each.line <= len(lines) + 1 for each in found.bad)


def gathered(lines: Lines) -> Gathering:
    found = Gathering(TOWNS["riverton"], Told())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(HEADER + "".join(f"{','.join(each)}\n" for each in lines))
        for _ in found.places(path):
            continue
    return found
