"""The short form; ``make chaos`` is the long one."""

from __future__ import annotations

import pytest

from tests.chaos.launcher import FAIL_POINTS
from tests.chaos.story import Report, skirmish
from tests.chaos.table import lines


@pytest.fixture(scope="module")
def report() -> Report:
    return skirmish(seed=20260211)


def test_no_promise_is_lost_and_none_doubled_unseen(report: Report) -> None:
    """I5 and I6 by the carrier's own log; I2 and I23 by the towns'."""
    assert {name: found for name, found in report.count.faults.items() if found} == {}


def test_everything_comes_to_rest_with_one_worker_left(report: Report) -> None:
    assert report.settled, "\n".join(lines(report))


def test_a_worker_died_at_each_fail_point(report: Report) -> None:
    assert set(report.killed) == set(FAIL_POINTS)
