"""The one decision of this capability, without a clock and without a database.

The engine, the preview on the desk, the simulator and the tests all call it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from escalation.rules.answers import answered
from escalation.rules.deadlines import missed, settle
from escalation.rules.effects import Decision, DropTimer, Log, RaiseEpoch, SetTimer
from escalation.rules.events import (
    Accepted,
    Closed,
    Declined,
    Event,
    LevelChanged,
    Moved,
    Paused,
    Resumed,
    RungFailed,
    Started,
    TimerFired,
)
from escalation.rules.ladder import begin_again, climb, next_planned, open_ladder
from escalation.rules.people import Directory
from escalation.rules.run import ENDED, OPEN, Run
from tenants.town import Policy


def plan(
    policy: Policy, people: Directory, run: Run, event: Event, *, at: datetime
) -> Decision:
    """What an event makes of a run, and what must be done about it."""
    match event:
        case Accepted() | Declined() | RungFailed() | Moved():
            return answered(policy, people, run, event, at=at)
        case _ if run.state in ENDED:
            return Decision(run)
        case TimerFired():
            return _fired(policy, people, run, event, at=at)
        case _:
            return _ruled(policy, people, run, event, at=at)


def _fired(
    policy: Policy, people: Directory, run: Run, event: TimerFired, *, at: datetime
) -> Decision:
    """A timer of an older epoch is void, whoever still holds it."""
    if event.epoch != run.epoch:
        return Decision(run)
    match event.kind:
        case "step":
            planned = next_planned(policy, run)
            return climb(policy, people, run, planned=planned, at=at)
        case "resume":
            return _resumed(policy, people, run, at=at)
        case milestone:
            return missed(policy, people, run, milestone, at=at)


def _ruled(
    policy: Policy,
    people: Directory,
    run: Run,
    event: Started | LevelChanged | Paused | Resumed | Closed,
    *,
    at: datetime,
) -> Decision:
    """What is decided about a run, rather than answered to it."""
    match event:
        case Started():
            return _started(policy, people, run, event, at=at)
        case Paused():
            return _paused(run, event)
        case Resumed():
            return _resumed(policy, people, run, at=at)
        case LevelChanged():
            log = Log("relay.superseded", {"was": run.level, "level": event.level})
            return _ended(replace(run, state="superseded"), log, at=at)
        case _:
            log = Log("relay.closed", {"reason": event.reason})
            return _ended(replace(run, state="closed"), log, at=at)


def _started(
    policy: Policy, people: Directory, run: Run, event: Started, *, at: datetime
) -> Decision:
    """A ladder starts; it rests at once if enough people already hold the ticket."""
    facts: dict[str, object] = {"policy": policy.key, "level": run.level}
    if policy.keep_acceptances:
        run = replace(run, holders=event.holders, reached=event.reached)
    elif event.holders:
        facts["asked_again"] = list(event.holders)
    log = Log("relay.started", facts)
    if len(run.holders) >= policy.acceptances:
        return settle(policy, run, at=at).after(log)
    return open_ladder(policy, people, run, planned=at, at=at).after(log)


def _paused(run: Run, event: Paused) -> Decision:
    """Nothing goes out for a while; whoever has been told may still take it."""
    if run.state not in OPEN - {"paused"}:
        return Decision(run)
    run = replace(run, state="paused", epoch=run.epoch + 1, waiting=frozenset())
    log = Log("relay.paused", {"until": event.until})
    return Decision(
        run, (RaiseEpoch(close=False), SetTimer("resume", event.until), log)
    )


def _resumed(policy: Policy, people: Directory, run: Run, *, at: datetime) -> Decision:
    if run.state != "paused":
        return Decision(run)
    run = replace(run, state="running")
    again = begin_again(policy, people, run, at=at)
    return again.after(DropTimer("resume"), Log("relay.resumed"))


def _ended(run: Run, log: Log, *, at: datetime) -> Decision:
    run = replace(
        run, epoch=run.epoch + 1, ended_at=at, waiting=frozenset(), alarm=None
    )
    return Decision(run, (RaiseEpoch(close=True), log))
