"""What accepting begins: deadlines, and the ladder again when one is missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from escalation.rules.effects import (
    Decision,
    DropTimer,
    Effect,
    Log,
    RaiseEpoch,
    SetTimer,
)
from escalation.rules.ladder import open_ladder
from escalation.rules.people import Directory
from escalation.rules.run import Milestone, Run
from tenants.town import Policy

DEADLINES: tuple[Milestone, ...] = get_args(Milestone)
# Who is on site was on the way, even if nobody said so.
IMPLIED: dict[Milestone, frozenset[Milestone]] = {
    "on_the_way": frozenset({"on_the_way"}),
    "on_site": frozenset({"on_the_way", "on_site"}),
    "done": frozenset({"on_the_way", "on_site", "done"}),
}


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
    return Decision(run, (RaiseEpoch(close=True), *timers))


def deadline(policy: Policy, run: Run, kind: Milestone) -> datetime | None:
    """When whoever accepted must have said ``kind``, if the policy asks for it."""
    within = {
        "on_the_way": policy.on_the_way_within,
        "on_site": policy.on_site_within,
        "done": policy.done_within,
    }[kind]
    if within is None or run.accepted_at is None:
        return None
    return run.accepted_at + timedelta(seconds=within)


def missed(
    policy: Policy, people: Directory, run: Run, kind: Milestone, *, at: datetime
) -> Decision:
    """No word from whoever accepted: the ladder starts over, with them on it."""
    late = Log("relay.deadline_missed", {"deadline": kind, "holders": [*run.holders]})
    run = replace(run, holders=(), declined=frozenset())
    planned = deadline(policy, run, kind) or at
    return reopen(policy, people, run, why=kind, planned=planned, at=at).after(late)


def reopen(
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


def met(run: Run) -> tuple[Effect, ...]:
    return tuple(DropTimer(kind) for kind in DEADLINES if kind in run.reached)
