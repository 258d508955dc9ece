"""Workers killed, and put to sleep, with their hands full: who has their work, when."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import quantiles

from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.chaos.handovers import Handovers, hand_over

# A shorter form of the same, for whoever has not ten minutes.
KILLS = int(os.environ.get("BENCH_KILLS", "50"))
SLEEP = float(os.environ.get("BENCH_SLEEP", "90"))
# Seconds in which a killed worker's claims must be in other hands.
WITHIN = 5.0


def figures(stage: Stage) -> Iterator[Figure]:
    """On a ground of its own: ``stage`` has no workers that could be killed."""
    told = hand_over(times=KILLS, sleep=SLEEP)
    yield _taken_over(told)
    yield from _counted(told)
    yield _woken(told)


def _taken_over(told: Handovers) -> Figure:
    p99 = quantiles(told.seconds, n=100)[-1]
    in_flight = f"{min(told.held)} to {max(told.held)} sends in flight"
    return _figure(
        f"claims of a killed worker in other hands, {KILLS} times, {in_flight}, p99",
        p99,
        unit="seconds",
        baseline="the same of a worker that only sleeps, by lease or by report",
        baseline_value=told.by_lease,
        most=WITHIN,
    )


def _counted(told: Handovers) -> Iterator[Figure]:
    found = told.counted
    for name, number in (
        ("promises lost", len(found.lost) + (0 if told.at_rest.settled else 1)),
        ("promises doubled without a logged ambiguity", len(found.doubled_unlogged)),
    ):
        yield _figure(
            f"{name}, of all that were made while workers were killed",
            number,
            unit="promises",
            baseline="promises made",
            baseline_value=found.promises,
            most=0.0,
        )


def _woken(told: Handovers) -> Figure:
    """New work, on what it reads anew, is its own; what it held then is not."""
    late = told.deeds.of_its_claims.total() + len(told.deeds.sent)
    besides = told.deeds.besides.total()
    return _figure(
        f"rows written, and messages sent, of what it had held, by a worker that woke "
        f"after {SLEEP:.0f} seconds; {besides} rows of new work",
        late,
        unit="rows",
        baseline="sends it had in flight when it was stopped",
        baseline_value=told.slept_with,
        most=0.0,
    )


def _figure(
    name: str,
    value: float,
    *,
    unit: str,
    baseline: str,
    baseline_value: float,
    most: float,
) -> Figure:
    """The target is one of the value itself, and given as a ratio like all others."""
    return Figure(
        name=name,
        value=round(value, 2),
        unit=unit,
        baseline=baseline,
        baseline_value=round(baseline_value, 2),
        ratio=round(value / baseline_value, 4) if baseline_value else 0.0,
        target=round(most / baseline_value, 4) if baseline_value else 0.0,
        met=value <= most,
    )
