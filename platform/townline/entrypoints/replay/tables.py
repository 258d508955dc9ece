"""A replay's summary for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table

from townline.entrypoints.replay.course import Progress
from townline.entrypoints.replay.planning import Plan
from townline.entrypoints.replay.summary import Level, Summary

# The reasons of few rows are many; the file named by --json has all of them.
REASONS = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """This sitting's share: a replay that was taken up again had others before."""

    rows: int
    seconds: float

    def __str__(self) -> str:
        rate = self.rows / self.seconds if self.seconds else 0.0
        return f"{self.rows:,} rows in {self.seconds:,.1f} s: {rate:.1f} a second"


@contextmanager
def bar(say: Console, plan: Plan) -> Iterator[Callable[[Progress], None]]:
    """A bar that moves with the rows, their rate, and the replay's own date."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} rows/s"),
        TimeElapsedColumn(),
    )
    shown = RichProgress(*columns, console=say, refresh_per_second=2)
    with shown:
        task = shown.add_task("", total=plan.rows, rate=0.0)

        def moved(progress: Progress) -> None:
            rate = shown.tasks[task].speed or 0.0
            when = f"{progress.at:%Y-%m-%d %H:%M}"
            shown.update(task, completed=progress.rows, description=when, rate=rate)

        yield moved


def show(say: Console, summary: Summary, broken: Mapping[str, int], pace: Pace) -> None:
    say.print(_counts("In all", _totals(summary, pace)))
    say.print(_levels(summary.levels))
    say.print(_counts("Messages handed to the carrier", summary.messages.items()))
    say.print(_counts("What people answered", summary.answers.items()))
    say.print(_counts("Follow-ups", summary.follow_ups.items()))
    say.print(_counts("Rows refused", _reasons(summary.refused)))
    say.print(_counts("What must never be", broken.items()))


def _totals(summary: Summary, pace: Pace) -> Iterable[tuple[str, object]]:
    tickets, closed = summary.tickets, summary.closed
    broken_at = summary.chain_broken_at
    chain = "verifies" if broken_at is None else f"BROKEN at {broken_at}"
    yield "town", summary.town
    yield "edition", summary.edition
    yield "tickets", f"{tickets:,} of {summary.rows:,} rows"
    yield "from", f"{summary.since:%Y-%m-%d %H:%M}" if summary.since else "-"
    yield "last closed", f"{summary.until:%Y-%m-%d %H:%M}" if summary.until else "-"
    yield "closed", closed
    yield "promises kept", f"{summary.promises_kept:,} ({_share(summary)})"
    yield "relay texts without a reply code", summary.texts_without_code
    yield (
        "surveys",
        f"{summary.surveys_sent:,} sent, {summary.surveys_answered:,} answered",
    )
    yield "mean score", summary.mean_score or "-"
    yield "log", f"{summary.log_entries:,} entries; the hash chain {chain}"
    yield "this sitting", pace


def _share(summary: Summary) -> str:
    return f"{summary.promises_kept / summary.closed:.0%}" if summary.closed else "-"


def _reasons(refused: Mapping[str, int]) -> Iterable[tuple[str, object]]:
    rows = list(refused.items())
    yield "all", sum(refused.values())
    yield from rows[:REASONS]
    if rest := rows[REASONS:]:
        yield f"{len(rest)} other reasons", sum(number for _, number in rest)


def _counts(title: str, rows: Iterable[tuple[str, object]]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows:
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value))
    return table


def _levels(levels: Iterable[Level]) -> Table:
    table = Table(
        title="Relays, and the time to the first acceptance", title_justify="left"
    )
    for head in (
        "level",
        "tickets",
        "relays",
        "accepted",
        "exhausted",
        "p50",
        "p95",
        "p99",
    ):
        table.add_column(head, justify="right")
    for each in levels:
        times = (each.p50, each.p95, each.p99)
        counts = (each.tickets, each.relays, each.accepted, each.exhausted)
        table.add_row(
            str(each.level or "all"),
            *(f"{number:,}" for number in counts),
            *(_spoken(time) for time in times),
        )
    return table


def _spoken(time: timedelta | None) -> str:
    if time is None:
        return "-"
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{hours // 24} d {hours % 24}:{minutes:02}"
