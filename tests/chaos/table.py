"""A report as a table on paper: what was done, what came of it, what must be nought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.chaos.story import Report

WIDTH = 44
# So many examples of each fault are named; the rest is in the count.
SHOWN = 3


def lines(report: Report) -> Iterator[str]:
    found = report.count
    yield from _done(report)
    yield _row("promises made", found.promises)
    yield _row("of them due", found.due)
    yield _row("attempts", found.attempts)
    yield _row("messages the carrier accepted", found.accepted)
    yield _row("doubled, with a logged ambiguity", _logged(report))
    yield _row("still ambiguous", len(found.still_ambiguous))
    for name, examples in found.faults.items():
        yield _row(name, len(examples))
        yield from (f"    {example}" for example in examples[:SHOWN])
    yield from _taken_over(report)
    yield _row("seconds until nothing was left to do", report.seconds_to_settle)
    yield "FAILED" if report.broken else "passed"


def _done(report: Report) -> Iterator[str]:
    yield _row("tickets opened", report.tickets)
    yield _row("answers that crews sent", report.answers.total())
    killed = Counter({f"killed {k}": n for k, n in report.killed.items()})
    fallen = Counter({f"ended by itself, {k}": n for k, n in report.fallen.items()})
    for name, times in sorted((report.blows + killed + fallen).items()):
        yield _row(name, times)


def _taken_over(report: Report) -> Iterator[str]:
    times = report.takeovers
    yield _row("claims of the dead taken over", len(times.seconds))
    if times.seconds:
        yield _row("seconds until they were, p50", times.within(0.5))
        yield _row("seconds until they were, p99", times.within(0.99))


def _logged(report: Report) -> int:
    return len(report.count.doubled) - len(report.count.doubled_unlogged)


def _row(name: str, value: float) -> str:
    return f"{name:<{WIDTH}}{value:>10,.2f}".replace(".00", "   ")
