from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.errors import Misheard, NotATrackingNumber
from tickets.rules.tracking import (
    check_digit,
    digits_for,
    numbered,
    read,
    spelled,
)

digits = st.text("0123456789", min_size=6, max_size=6) | st.text(
    "0123456789", min_size=9, max_size=9
)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("RIV-482-731-7", id="as printed"),
        pytest.param("riv4827317", id="without dashes or capitals"),
        pytest.param(" R I V  482 731 7 ", id="as spelled over the phone"),
        pytest.param("R1V-482-73I-7", id="one for I and I for one"),
        pytest.param("Riv–482.731/7", id="with whatever a phone types for a dash"),
        pytest.param("482 731 7", id="digits alone are this town's"),
        pytest.param("482-73l-7", id="a small L is a one"),
    ],
)
def test_a_number_is_read_however_it_is_said(said: str) -> None:
    assert read(said, prefix="RIV") == "RIV-482-731-7"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("", id="nothing"),
        pytest.param("Elm Street", id="a street"),
        pytest.param("RIV-482-731", id="a digit short"),
        pytest.param("RIV-482-731-77", id="a digit long"),
        pytest.param("(312) 555-0142 ext", id="a telephone number"),
        pytest.param("8X2-482-731-7", id="no letters where the town stands"),
        pytest.param("RIV-٤٨٢-731-7", id="digits of another script"),
    ],
)
def test_what_is_no_tracking_number_is_said_to_be_none(said: str) -> None:
    with pytest.raises(NotATrackingNumber):
        read(said, prefix="RIV")


def test_the_letter_o_and_the_digit_zero_pass_for_each_other() -> None:
    tracking = numbered("VOR", "100200")

    assert read(tracking.replace("0", "O"), prefix="RIV") == tracking
    assert read(tracking.replace("O", "0"), prefix="RIV") == tracking


@given(digits, st.data())
def test_one_digit_misheard_never_finds_another_ticket(
    drawn: str, data: st.DataObject
) -> None:
    plain = drawn + check_digit(drawn)
    position = data.draw(st.integers(0, len(plain) - 1))
    wrong = data.draw(
        st.sampled_from("0123456789").filter(lambda d: d != plain[position])
    )
    misheard = plain[:position] + wrong + plain[position + 1 :]

    with pytest.raises(Misheard):
        read(f"RIV{misheard}", prefix="RIV")


@given(digits, st.data())
def test_two_neighbours_swapped_never_find_another_ticket(
    drawn: str, data: st.DataObject
) -> None:
    plain = drawn + check_digit(drawn)
    position = data.draw(st.integers(0, len(plain) - 2))
    left, right = plain[position], plain[position + 1]
    swapped = plain[:position] + right + left + plain[position + 2 :]

    if left == right:
        assert read(f"RIV{swapped}", prefix="RIV")
    else:
        with pytest.raises(Misheard):
            read(f"RIV{swapped}", prefix="RIV")


@given(digits)
def test_what_is_written_is_read_back(drawn: str) -> None:
    tracking = numbered("SAU", drawn)

    assert read(tracking, prefix="RIV") == tracking


def test_damm_agrees_with_the_published_example() -> None:
    assert check_digit("572") == "4"


@pytest.mark.parametrize(
    ("draw", "length"),
    [
        pytest.param(0, 6, id="a town starts with six digits"),
        pytest.param(2, 6, id="and tries three times"),
        pytest.param(3, 9, id="before it takes nine"),
    ],
)
def test_a_crowded_town_takes_longer_numbers(draw: int, length: int) -> None:
    assert digits_for(draw) == length


def test_a_number_is_spelled_in_groups() -> None:
    assert spelled("RIV-482-731-7") == "R\u00a0I\u00a0V, 482, 731, 7"
