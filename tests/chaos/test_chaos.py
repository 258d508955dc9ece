"""The short form; ``make chaos`` is the long one."""

from __future__ import annotations

from tests.chaos.launcher import FAIL_POINTS
from tests.chaos.story import skirmish
from tests.chaos.table import lines


def test_no_promise_is_lost_and_none_doubled_unseen() -> None:
    """I5 and I6 by the carrier's own log; I2 and I23 by the towns'. One test, that it
    is fought once: a worker dies at each fail point, and one that is left ends it."""
    report = skirmish(seed=20260211)

    assert set(report.killed) == set(FAIL_POINTS)
    assert report.settled, "\n".join(lines(report))
    assert {name: found for name, found in report.count.faults.items() if found} == {}
