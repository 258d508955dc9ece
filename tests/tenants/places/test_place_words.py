"""One spelling for every way of writing a place, and a slip of the fingers forgiven."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tenants.places import typed
from tenants.places.keys import Keys
from tenants.places.words import code, normalised

ALIKE = [
    ("Elm Street", "ELM ST."),
    ("4th Avenue", "Fourth Ave"),
    ("4e Avenue", "quatrième avenue"),
    ("1re Rue", "première rue"),
    ("24th St", "twenty-fourth street"),
    ("rue Saint-Joseph", "rue St-Joseph"),
    ("rue Ste-Anne Ouest", "RUE SAINTE ANNE O"),
    ("boul. de l’Église", "Boulevard de l'Eglise"),
    ("North Wabash", "N. Wabash"),
]
NAMES = (
    "Elmwood Avenue",
    "Juniper Street",
    "rue des Érables",
    "boulevard Saint-Joseph",
    "chemin de la Montagne",
    "Wabash Road North",
    "Orchard Lane",
    "rue Principale",
    "Prairie View Drive",
    "Larkfield Court",
)
KEYS = Keys.of(NAMES)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_ways_of_writing_are_one_spelling(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@given(st.text())
def test_what_is_normalised_stays(text: str) -> None:
    once = normalised(text)

    assert normalised(" ".join(once)) == once


@given(st.text(alphabet=string.printable))
def test_a_code_is_letters_and_digits(text: str) -> None:
    assert code(code(text)) == code(text)
    assert all(char.isalnum() for char in code(text))


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """A street, and how it comes out of a hurried keyboard: one letter is wrong."""
    name = draw(st.sampled_from(NAMES))
    at = draw(st.integers(0, len(name) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    wrong = draw(
        st.sampled_from(
            (
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            )
        )
    )
    return name, wrong


@given(slipped())
@example(("boulevard Saint-Joseph", "boulevard SaintJoseph"))
def test_one_typing_error_still_finds_the_street(case: tuple[str, str]) -> None:
    name, wrong = case

    found = [NAMES[match.entry] for match in KEYS.find(wrong)]

    assert name in found[:3]


@given(st.sampled_from(NAMES), st.integers(3, 30))
def test_the_first_letters_find_the_street(name: str, length: int) -> None:
    assert name in [NAMES[match.entry] for match in KEYS.find(name[:length])]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_without_a_fault(text: str) -> None:
    typed.address(text)
    typed.crossing(text)
    typed.point(text)
    typed.thing(text)
    KEYS.find(text)


@pytest.mark.parametrize(
    ("written", "number", "suffix", "street", "unit"),
    [
        pytest.param("12 Elm St", 12, "", "Elm St", "", id="plain"),
        pytest.param("12A Elm St", 12, "a", "Elm St", "", id="a letter"),
        pytest.param("14, rue des Pins", 14, "", "rue des Pins", "", id="French"),
        pytest.param("rue des Pins 14", 14, "", "rue des Pins", "", id="behind"),
        pytest.param("12-14 Elm", 12, "-14", "Elm", "", id="a double house"),
        pytest.param("12 Elm St apt 3B", 12, "", "Elm St", "3b", id="a flat"),
        pytest.param("12 Elm St #3", 12, "", "Elm St", "3", id="a number sign"),
        pytest.param("4th Ave", None, "", "4th Ave", "", id="an ordinal is a street"),
        pytest.param("5 4th Ave", 5, "", "4th Ave", "", id="a number on an ordinal"),
    ],
)
def test_the_house_number_stands_apart(
    written: str, number: int | None, suffix: str, street: str, unit: str
) -> None:
    read = typed.address(written)

    assert (read.number, read.suffix) == (number, suffix)
    assert (read.street, read.unit) == (street, unit)
