"""What a human's answer changes, and what a message's failure does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from escalation.rules.deadlines import IMPLIED, met, reopen, settle
from escalation.rules.effects import Decision, Log, Reply, Withdraw
from escalation.rules.events import Accepted, Declined, Moved, RungFailed
from escalation.rules.ladder import climb, next_planned
from escalation.rules.people import Directory
from escalation.rules.run import ENDED, Run
from tenants.town import Policy


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
        case _:
            return moved(policy, people, run, event, at=at)


def accepted(
    policy: Policy, people: Directory, run: Run, event: Accepted, *, at: datetime
) -> Decision:
    """The first to answer has it; a policy may want more than one."""
    if run.state in ENDED:
        return _stale(run, event, "ended")
    if event.contact in run.holders:
        return _stale(run, event, "still_yours")
    if run.state == "accepted":
        return _stale(run, event, "taken")
    run = run.held_by(event.contact)
    missing = policy.acceptances - len(run.holders)
    facts = {"via": event.via} | ({"still_needed": missing} if missing > 0 else {})
    log = Log("relay.accepted", facts, by=event.contact)
    if missing > 0:
        decision = _expect_nothing_of(policy, people, run, event.contact, at=at)
    else:
        decision = settle(policy, run, at=at)
    return replace(decision.after(log), reply="yours")


def declined(
    policy: Policy, people: Directory, run: Run, event: Declined, *, at: datetime
) -> Decision:
    """Moves on at once; from somebody who had accepted, it hands the ticket back."""
    if run.state in ENDED:
        return _stale(run, event, "ended")
    holds = event.contact in run.holders
    if run.state == "accepted" and not holds:
        return _stale(run, event, "taken")
    log = Log("relay.declined", {"via": event.via}, by=event.contact)
    run = run.declined_by(event.contact)
    if run.state == "accepted":
        run = replace(run, declined=frozenset({event.contact}))
        reopened = reopen(policy, people, run, why="handed_back", planned=at, at=at)
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
    if run.state in ENDED:
        return _stale(run, event, "ended") if event.contact else Decision(run)
    if run.state == "accepted" and event.contact not in ("", *run.holders):
        return _stale(run, event, "taken")
    is_known = run.state == "accepted" or event.contact in ("", *run.holders)
    if event.kind in run.reached and is_known:
        return Decision(run)
    run = replace(run, reached=run.reached | IMPLIED[event.kind])
    if run.state == "accepted":
        return Decision(run, met(run))
    log = Log("relay.accepted", {"via": event.kind}, by=event.contact)
    run = run.held_by(event.contact)
    if _is_in_hand(policy, run, event):
        return settle(policy, run, at=at).after(log)
    return _expect_nothing_of(policy, people, run, event.contact, at=at).after(log)


def _is_in_hand(policy: Policy, run: Run, event: Moved) -> bool:
    """Whether a crew's progress stops the ladder, though too few may have accepted.

    It does when the work is done, when an agent says it without a name, and when
    only a missed deadline had opened the ladder again.
    """
    enough = len(run.holders) >= policy.acceptances
    was_accepted = run.accepted_at is not None
    return enough or was_accepted or event.kind == "done" or not event.contact


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


def _stale(run: Run, event: Accepted | Declined | Moved, reply: Reply) -> Decision:
    """Answered and logged; nothing else changes."""
    facts = {"answer": type(event).__name__.lower(), "because": reply}
    return Decision(run, (Log("relay.stale_answer", facts, by=event.contact),), reply)
