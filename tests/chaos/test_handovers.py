"""The short form of ``make bench``'s takeovers: two workers die with full hands.

How soon others have their work, the bench says; here, that they have it, and all.
"""

from __future__ import annotations

import pytest

from tests.chaos.handovers import Handovers, hand_over

TIMES = 2


@pytest.fixture(scope="module")
def told() -> Handovers:
    return hand_over(times=TIMES)


def test_the_claims_of_the_dead_come_into_other_hands(told: Handovers) -> None:
    assert min(told.held) > 0
    assert len(told.held) == TIMES
    assert (told.at_rest.left, told.counted.still_ambiguous) == (0, [])


def test_nothing_they_held_is_lost_or_doubled_unseen(told: Handovers) -> None:
    found = told.counted

    assert (found.promises, found.lost) == (found.due, [])
    assert found.doubled_unlogged == []
