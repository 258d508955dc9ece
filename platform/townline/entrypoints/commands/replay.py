"""A town's real requests, replayed through the whole product on a clock of its own."""

from __future__ import annotations

import gc
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from townline import logs
from townline.entrypoints import replay as again
from townline.entrypoints.replay import tables
from townline.entrypoints.replay.memory import turn_of
from townline.entrypoints.replay.planning import Edition, Plan, edition_of
from townline.entrypoints.replay.stage import Stage
from townline.entrypoints.replay.tables import Pace
from townline.settings import Settings
from townline.tenancy import town

# What a shell reports of a command that was ended by Ctrl-C.
INTERRUPTED = 130
say = Console(highlight=False)


class Format(StrEnum):
    boston = "boston"
    montreal = "montreal"


File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


def replay(  # noqa: PLR0913 - the options of a command
    file: File,
    *,
    slug: Annotated[str, typer.Option("--town", help="The town's slug.")],
    format: Annotated[Format, typer.Option(help="Whose file it is.")],
    seed: Annotated[int, typer.Option(help="Another seed is another chance.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows of the file.")] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin again beside what is there.")
    ] = False,
    json: Annotated[Path | None, typer.Option(help="Write the summary here.")] = None,
) -> None:
    """Take real requests through the desk, the crews and the residents of a town.

    Ctrl-C stops it between two events; the same command goes on from there.
    """
    # Alarms of years ago would only break the bar; the summary counts them.
    logs.configure(level=logging.CRITICAL)
    stage = again.stage(Settings.from_env(), slug)
    edition = _edition(stage, edition_of(file, seed=seed), restart=restart)
    plan = again.plan(file, stage.town, edition, format=format.value, limit=limit)
    _warn_of_empty_rosters(plan)
    # A file is a million objects that live to the end, and no act leaves cycles of
    # any size: looking for garbage at every turn took a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    pace = _run(stage, plan)
    if pace is None:
        say.print("Stopped. The same command goes on from here.")
        raise typer.Exit(INTERRUPTED)
    _finish(stage, plan, pace, json)


def _edition(stage: Stage, edition: Edition, *, restart: bool) -> Edition:
    """The last turn that left anything here, or with ``--restart`` the one after it."""
    with town(stage.app, stage.tenant_id) as db:
        turn = turn_of(db, edition)
    if turn is None:
        return edition
    latest = edition.at_turn(turn)
    return latest.next() if restart else latest


def _warn_of_empty_rosters(plan: Plan) -> None:
    begins = [roster.anchor for roster in plan.town.rosters]
    first = min((each.at for each in plan.asked), default=None)
    if first and begins and first.replace(tzinfo=None) < max(begins):
        say.print(
            f"Rosters begin on {max(begins):%Y-%m-%d}, these rows on {first:%Y-%m-%d}:"
            " until then nobody is on call. Import the town with earlier anchors.",
            style="yellow",
        )


def _run(stage: Stage, plan: Plan) -> Pace | None:
    """How fast it went; None if it was interrupted."""
    began = time.monotonic()
    with _interruptions() as interrupted, tables.bar(say, plan) as moved:
        first: int | None = None

        def watch(progress: again.Progress) -> bool:
            nonlocal first
            first = progress.rows - 1 if first is None else first
            moved(progress)
            return interrupted.is_set()

        reached = again.replay(stage, plan, stopping=watch)
    if not reached.finished:
        return None
    return Pace(reached.rows - (first or 0), time.monotonic() - began)


@contextmanager
def _interruptions() -> Iterator[Event]:
    """Ctrl-C and a polite kill are heard between two events, never within one."""
    heard = Event()
    before = {
        each: signal.signal(each, lambda *_: heard.set())
        for each in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield heard
    finally:
        for each, how in before.items():
            signal.signal(each, how)


def _finish(stage: Stage, plan: Plan, pace: Pace, json: Path | None) -> None:
    with town(stage.engine, stage.tenant_id) as db:
        summary = again.summarise(db, plan)
        broken = again.broken(db, plan.edition)
    tables.show(say, summary, broken, pace)
    if json is not None:
        whole = {"summary": summary, "invariants": broken, "pace": pace}
        json.write_bytes(msgspec.json.format(msgspec.json.encode(whole)))
    if any(broken.values()) or summary.chain_broken_at is not None:
        raise typer.Exit(1)
