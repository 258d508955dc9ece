"""What an agent's word makes of a call, as a table, and as Hypothesis sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.rules import receipts
from notify.rules.dialling import (
    LAPSES,
    Consequence,
    DialResult,
    Reported,
    consequence,
    has_lapsed,
    receipt,
    take_by,
)
from notify.rules.receipts import Receipt

NIGHT = datetime(2026, 2, 12, 8, 12, tzinfo=UTC)
RESULTS: tuple[DialResult, ...] = get_args(DialResult)
HUMAN = {"accepted", "declined", "returned_call"}


@pytest.mark.parametrize(
    ("result", "follows", "stands"),
    [
        pytest.param("accepted", "answered", "picked_up", id="they take it"),
        pytest.param("declined", "answered", "picked_up", id="they cannot"),
        pytest.param("returned_call", "answered", "picked_up", id="they rang back"),
        pytest.param("no_answer", "failed", "no_answer", id="nobody picks up"),
        pytest.param("busy", "failed", "busy", id="the line is busy"),
        pytest.param("voicemail_left", "failed", "voicemail", id="a machine"),
        pytest.param("voicemail_full", "failed", "voicemail", id="a full machine"),
        pytest.param("wrong_person", "failed", "picked_up", id="somebody else"),
        pytest.param("refused", "failed", "picked_up", id="would not listen"),
        pytest.param("invalid_number", "failed", "failed", id="not in service"),
        pytest.param("will_call_back", "comes_back", "picked_up", id="later"),
    ],
)
def test_what_follows_from_each_result(
    result: DialResult, follows: Consequence, stands: str
) -> None:
    assert consequence(Reported(result=result), holds=True) == follows
    assert receipt(result) == stands


@given(result=st.sampled_from(RESULTS), answer=st.sampled_from(["accept", "decline"]))
def test_only_a_persons_answer_counts_once_somebody_else_went_on(
    result: DialResult, answer: str
) -> None:
    word = Reported(result=result, answer="accept" if answer == "accept" else "decline")

    follows = consequence(word, holds=False)

    assert follows == ("answered" if result in HUMAN else "noted")


@given(result=st.sampled_from(RESULTS))
def test_no_result_says_that_a_machine_delivered_anything(result: DialResult) -> None:
    """Reached means a human: a dial is never ``delivered`` or ``read``."""
    stands = Receipt(receipt(result))

    assert stands.rank < receipts.RANKS["delivered"]
    assert (Reported(result=result).said is not None) == (result in HUMAN)


@pytest.mark.parametrize(
    ("level", "minutes"),
    [
        pytest.param(1, 1, id="an emergency is red after a minute"),
        pytest.param(2, 3, id="what is urgent after three"),
        pytest.param(4, 15, id="what is routine after a quarter of an hour"),
    ],
)
def test_a_call_nobody_takes_turns_red(level: int, minutes: int) -> None:
    assert take_by(level, NIGHT) == NIGHT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("waited", "lapsed"),
    [
        pytest.param(LAPSES - timedelta(seconds=1), False, id="still dialling"),
        pytest.param(LAPSES, True, id="gone"),
    ],
)
def test_a_hold_lapses_after_three_minutes(waited: timedelta, lapsed: bool) -> None:  # noqa: FBT001 - a table's column
    assert has_lapsed(NIGHT, at=NIGHT + waited) is lapsed
