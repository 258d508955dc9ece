"""What one place of the ladder says: to whom, by which channel, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from escalation.rules.effects import Tell
from escalation.rules.gates import why_held
from escalation.rules.people import Called, Directory, destination
from escalation.rules.quiet import held
from escalation.rules.run import Place, Run
from tenants.town import Channel, Policy, Rung

# Levels at which the last resort is rung as well as written to, whatever the hour.
URGENT = 2


def tellings(
    policy: Policy, people: Directory, run: Run, *, at: datetime
) -> tuple[Tell, ...]:
    """What the run's place says: each at its planned time, but none before ``at``."""
    return tuple(_tellings(policy, people, run, at))


def is_last_resort(policy: Policy, place: Place) -> bool:
    return place.step >= len(policy.steps)


def _tellings(
    policy: Policy, people: Directory, run: Run, at: datetime
) -> Iterator[Tell]:
    zone = people.town.time_zone
    for called, number, rung in _rungs(policy, people, run, at=at):
        where = destination(called.contact, rung.channel)
        if where is None:
            continue
        due = max(run.planned_at + timedelta(seconds=rung.after), at)
        goes_at = held(policy.quiet, zone=zone, level=run.level, at=due)
        yield Tell(
            key=run.key(run.place, number, called.contact.key, rung.channel),
            place=run.place,
            rung=number,
            contact=called.contact,
            target=called.target,
            channel=rung.channel,
            destination=where,
            due_at=goes_at,
            held_for=why_held(policy, run, at=at) or ("quiet" if goes_at > due else ""),
            last_resort=is_last_resort(policy, run.place),
        )


def _rungs(
    policy: Policy, people: Directory, run: Run, *, at: datetime
) -> Iterator[tuple[Called, int, Rung]]:
    """Every rung to everybody of the place. The last resort cannot decline.

    Who is on call when it is said counts: in the morning for what is held, and
    after an outage now.
    """
    said_at = max(run.planned_at, at)
    if is_last_resort(policy, run.place):
        for called in people.called_last(policy.last_resort, at=said_at):
            for number, channel in enumerate(_every_way(called, run.level)):
                yield called, number, Rung(channel=channel)
        return
    step = policy.steps[run.place.step]
    for called in people.called(step.to, at=said_at):
        if called.contact.key not in run.declined.union(run.holders):
            for number, rung in enumerate(step.rungs):
                yield called, number, rung


def _every_way(called: Called, level: int) -> tuple[Channel, ...]:
    """Who is the last resort is rung when it is urgent, or cannot be written to."""
    written: tuple[Channel, ...] = ("sms", "email")
    can_read = any(destination(called.contact, channel) for channel in written)
    return written if level > URGENT and can_read else ("voice", *written)
