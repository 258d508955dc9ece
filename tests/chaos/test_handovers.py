"""The short form of ``make bench``'s takeovers: two workers die with full hands."""

from __future__ import annotations

import pytest

from tests.chaos.handovers import Handovers, hand_over

TIMES = 2
# What the bench holds the p99 of fifty to; here it holds for each.
WITHIN = 5.0


@pytest.fixture(scope="module")
def told() -> Handovers:
    return hand_over(times=TIMES)


def test_the_claims_of_the_dead_are_soon_in_other_hands(told: Handovers) -> None:
    assert min(told.held) > 0
    assert max(told.seconds) < WITHIN


def test_nothing_they_held_is_lost_or_doubled_unseen(told: Handovers) -> None:
    found = told.counted

    assert told.settled
    assert (found.promises, found.lost) == (found.due, [])
    assert found.doubled_unlogged == []
