"""Receipts in any order, doubled, early or late, come to the same truth."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.channels.mail_events import receipt as mail_receipt
from notify.channels.twilio_codes import call_receipt, text_receipt
from notify.rules.receipts import AMBIGUOUS, INTENDED, NOT_SENT, RANKS, Receipt, fold

RECEIPTS = st.builds(
    Receipt, st.sampled_from(sorted(RANKS)), st.sampled_from(["", "30005", "30008"])
)


@given(RECEIPTS, RECEIPTS)
def test_folding_does_not_mind_the_order(one: Receipt, other: Receipt) -> None:
    """I7: commutative here, and associative and idempotent below."""
    assert fold(one, other) == fold(other, one)


@given(RECEIPTS, RECEIPTS, RECEIPTS)
def test_nor_how_they_are_grouped(a: Receipt, b: Receipt, c: Receipt) -> None:
    assert fold(fold(a, b), c) == fold(a, fold(b, c))


@given(RECEIPTS, RECEIPTS)
def test_nor_a_repetition(one: Receipt, other: Receipt) -> None:
    assert fold(fold(one, other), other) == fold(one, other)


def test_the_five_receipts_of_a_text_in_every_order() -> None:
    five = ["accepted", "queued", "sending", "sent", "delivered"]

    for order in permutations(five):
        folded = reduce(fold, map(Receipt, order), Receipt(INTENDED))
        assert folded == Receipt("delivered")


@pytest.mark.parametrize("given_up", [AMBIGUOUS, NOT_SENT])
def test_a_late_word_of_the_carrier_adopts_what_was_given_up(given_up: str) -> None:
    assert fold(Receipt(given_up), Receipt("sent")) == Receipt("sent")


def test_undelivered_is_never_taken_for_sent() -> None:
    lost = fold(Receipt("sent"), Receipt("undelivered", "30006"))

    assert lost.is_lost
    assert lost.error == "30006"


@pytest.mark.parametrize(
    ("status", "answered_by", "expected"),
    [
        pytest.param("in-progress", "human", "picked_up", id="a person"),
        pytest.param("in-progress", "unknown", "picked_up", id="who knows"),
        pytest.param("in-progress", "machine_end_beep", "voicemail", id="a mailbox"),
        pytest.param("completed", "machine_end_beep", "voicemail", id="left a word"),
        pytest.param("completed", "fax", "voicemail", id="a fax"),
        pytest.param("completed", "human", "completed", id="hung up"),
        pytest.param("no-answer", "", "no_answer", id="rang out"),
        pytest.param("busy", "", "busy", id="busy"),
    ],
)
def test_what_a_call_came_to(status: str, answered_by: str, expected: str) -> None:
    receipt = call_receipt(status, answered_by)

    assert receipt == Receipt(expected)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param("processed", Receipt("queued"), id="taken"),
        pytest.param("delivered", Receipt("delivered"), id="arrived"),
        pytest.param("bounce", Receipt("undelivered", "bounce"), id="came back"),
        pytest.param("dropped", Receipt("failed", "dropped"), id="never left"),
        pytest.param("open", Receipt("read"), id="opened"),
        pytest.param("group_resubscribe", None, id="says nothing"),
    ],
)
def test_what_a_letter_came_to(event: str, expected: Receipt | None) -> None:
    assert mail_receipt(event) == expected


def test_an_unknown_word_is_no_receipt() -> None:
    assert text_receipt("teleported", "") is None
