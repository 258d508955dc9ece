"""What a human's answer changes, and what a message's failure does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from escalation.rules.effects import (
    Decision,
    DropTimer,
    Effect,
    Log,
    RaiseEpoch,
    SetTimer,
    Withdraw,
)
from escalation.rules.events import Accepted, Declined, Moved, RungFailed
from escalation.rules.ladder import climb, next_planned, open_ladder
from escalation.rules.people import Directory
from escalation.rules.run import ENDED, Milestone, Run, TimerKind
from tenants.town import Policy

DEADLINES: tuple[TimerKind, ...] = ("on_the_way", "on_site")
# Who is on site was on the way, even if nobody said so.
IMPLIED: dict[Milestone, frozenset[Milestone]] = {
    "on_the_way": frozenset({"on_the_way"}),
    "on_site": frozenset({"on_the_way", "on_site"}),
    "done": frozenset({"on_the_way", "on_site", "done"}),
}


def answered(
    policy: Policy,
    people: Directory,
    run: Run,
    event: Accepted | Declined | RungFailed | Moved,
    *,
    at: datetime,
) -> Decision:
    match event:
        case Accepted():
            return accepted(policy, people, run, event, at=at)
        case Declined():
            return declined(policy, people, run, event, at=at)
        case RungFailed():
            return rung_failed(policy, people, run, event, at=at)
        case Moved():
            return moved(policy, people, run, event, at=at)


def accepted(
    policy: Policy, people: Directory, run: Run, event: Accepted, *, at: datetime
) -> Decision:
    """The first to answer has it; a policy may want more than one."""
    if run.state in ENDED:
        return _stale(run, event, "ended")
    if event.contact in run.holders:
        return Decision(run, reply="still_yours")
    if run.state == "accepted":
        return _stale(run, event, "taken")
    return take(policy, people, run, event, at=at)


def take(
    policy: Policy, people: Directory, run: Run, event: Accepted, *, at: datetime
) -> Decision:
    run = replace(run, holders=(*run.holders, event.contact))
    missing = policy.acceptances - len(run.holders)
    facts = {"via": event.via} | ({"still_needed": missing} if missing > 0 else {})
    log = Log("relay.accepted", facts, by=event.contact)
    if missing > 0:
        decision = _expect_nothing_of(policy, people, run, event.contact, at=at)
    else:
        decision = settle(policy, run, at=at)
    return replace(decision.after(log), reply="yours")


def settle(policy: Policy, run: Run, *, at: datetime) -> Decision:
    """Enough people have it: everything else stops, and their deadlines start."""
    run = replace(
        run,
        state="accepted",
        epoch=run.epoch + 1,
        accepted_at=at,
        exhausted_at=None,
        waiting=frozenset(),
        alarm=None,
    )
    timers = [
        SetTimer(kind, due)
        for kind in DEADLINES
        if kind not in run.reached and (due := deadline(policy, run, kind))
    ]
    return Decision(run, (RaiseEpoch(close=False), *timers))


def deadline(policy: Policy, run: Run, kind: TimerKind) -> datetime | None:
    """When whoever accepted must have said ``kind``, if the policy asks for it."""
    within = policy.on_the_way_within if kind == "on_the_way" else policy.on_site_within
    if within is None or run.accepted_at is None:
        return None
    return run.accepted_at + timedelta(seconds=within)


def missed(
    policy: Policy, people: Directory, run: Run, kind: TimerKind, *, at: datetime
) -> Decision:
    """No word from whoever accepted: the ladder starts over, with them on it."""
    late = Log("relay.deadline_missed", {"deadline": kind, "holders": [*run.holders]})
    run = replace(run, holders=(), declined=frozenset())
    planned = deadline(policy, run, kind) or at
    return _reopen(policy, people, run, why=kind, planned=planned, at=at).after(late)


def declined(
    policy: Policy, people: Directory, run: Run, event: Declined, *, at: datetime
) -> Decision:
    """Moves on at once; from somebody who had accepted, it hands the ticket back."""
    if run.state in ENDED:
        return _stale(run, event, "ended")
    holds = event.contact in run.holders
    if run.state == "accepted" and not holds:
        return _stale(run, event, "taken")
    if event.contact in run.declined:
        return Decision(run)
    log = Log("relay.declined", {"via": event.via}, by=event.contact)
    others = tuple(holder for holder in run.holders if holder != event.contact)
    run = replace(run, holders=others, declined=run.declined | {event.contact})
    if run.state == "accepted":
        reopened = _reopen(policy, people, run, why="handed_back", planned=at, at=at)
        return reopened.after(log)
    return _expect_nothing_of(policy, people, run, event.contact, at=at).after(log)


def rung_failed(
    policy: Policy, people: Directory, run: Run, event: RungFailed, *, at: datetime
) -> Decision:
    if event.key not in run.waiting:
        return Decision(run)
    remaining = replace(run, waiting=run.waiting - {event.key})
    return _go_on_if_hopeless(policy, people, run, remaining, at=at)


def moved(
    policy: Policy, people: Directory, run: Run, event: Moved, *, at: datetime
) -> Decision:
    """A crew's progress meets its deadlines; on an open ladder it is an acceptance."""
    if run.state in ENDED or event.kind in run.reached:
        return Decision(run)
    run = replace(run, reached=run.reached | IMPLIED[event.kind])
    if run.state == "accepted":
        return Decision(run, _met(run))
    holders = tuple(dict.fromkeys((*run.holders, event.contact)))
    run = replace(run, holders=tuple(filter(None, holders)))
    log = Log("relay.accepted", {"via": event.kind}, by=event.contact)
    has_it = len(run.holders) >= policy.acceptances
    if has_it or event.kind != "on_the_way" or run.accepted_at:
        return settle(policy, run, at=at).after(log)
    return _expect_nothing_of(policy, people, run, event.contact, at=at).after(log)


def _met(run: Run) -> tuple[Effect, ...]:
    return tuple(DropTimer(kind) for kind in DEADLINES if kind in run.reached)


def _reopen(
    policy: Policy,
    people: Directory,
    run: Run,
    *,
    why: str,
    planned: datetime,
    at: datetime,
) -> Decision:
    run = replace(
        run,
        state="running",
        epoch=run.epoch + 1,
        opening=run.place.round + 1,
        waiting=frozenset(),
    )
    opened = open_ladder(policy, people, run, planned=planned, at=at)
    return opened.after(RaiseEpoch(close=False), Log("relay.reopened", {"why": why}))


def _expect_nothing_of(
    policy: Policy, people: Directory, run: Run, contact: str, *, at: datetime
) -> Decision:
    decision = _go_on_if_hopeless(policy, people, run, run.without(contact), at=at)
    return decision.after(Withdraw())


def _go_on_if_hopeless(
    policy: Policy, people: Directory, before: Run, run: Run, *, at: datetime
) -> Decision:
    """Move on early when this took the current step's last hope of an answer.

    The last resort keeps its clock: failing at once must not make it ring at once.
    """
    lost_the_last = before.hopes and not run.hopes
    if run.state != "running" or not lost_the_last:
        return Decision(run)
    planned = min(at, next_planned(policy, run))
    return climb(policy, people, run, planned=planned, at=at)


def _stale(run: Run, event: Accepted | Declined, reply: str) -> Decision:
    facts = {"via": event.via, "answer": type(event).__name__.lower()}
    log = Log("relay.stale_answer", facts, by=event.contact)
    return Decision(run, (log,), "ended" if reply == "ended" else "taken")
