"""The short form of ``make bench``'s takeovers: two workers die with full hands.

How soon others have their work, the bench says; here, that they have it, and all.
"""

from __future__ import annotations

from tests.chaos.handovers import hand_over

TIMES = 2


def test_the_claims_of_the_dead_come_into_other_hands() -> None:
    """And nothing that they held is lost, or doubled unseen."""
    told = hand_over(times=TIMES)

    assert min(told.held) > 0
    assert len(told.held) == TIMES
    assert (told.at_rest.left, told.counted.still_ambiguous) == (0, [])
    found = told.counted
    assert (found.promises, found.lost) == (found.due, [])
    assert found.doubled_unlogged == []
