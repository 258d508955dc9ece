"""What one place of the ladder says: to whom, by which channel, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from escalation.rules.effects import Tell
from escalation.rules.gates import why_held
from escalation.rules.people import Called, Directory
from escalation.rules.quiet import held
from escalation.rules.run import Place, Run
from tenants.rules.preferences import channels, destination
from tenants.town import Channel, Policy, Step

# Levels at which the last resort is rung as well as written to, whatever the hour.
URGENT = 2


@dataclass(frozen=True, slots=True)
class _Way:
    """One rung as it comes to one person."""

    called: Called
    rung: int
    channel: Channel
    after: int = 0


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
    for way in _ways(policy, people, run, at=at):
        contact, channel = way.called.contact, way.channel
        where = destination(contact, channel)
        if where is None:
            continue
        due = max(run.planned_at + timedelta(seconds=way.after), at)
        goes_at = held(policy.quiet, zone=zone, level=run.level, at=due)
        yield Tell(
            key=run.key(run.place, way.rung, contact.key, channel),
            place=run.place,
            rung=way.rung,
            contact=contact,
            target=way.called.target,
            channel=channel,
            destination=where,
            due_at=goes_at,
            held_for=why_held(policy, run, at=at) or ("quiet" if goes_at > due else ""),
            last_resort=is_last_resort(policy, run.place),
        )


def _ways(
    policy: Policy, people: Directory, run: Run, *, at: datetime
) -> Iterator[_Way]:
    """Every rung to everybody of the place. The last resort cannot decline.

    Who is on call when it is said counts: in the morning for what is held, and
    after an outage now.
    """
    said_at = max(run.planned_at, at)
    if is_last_resort(policy, run.place):
        for called in people.called_last(policy.last_resort, at=said_at):
            for number, channel in enumerate(_every_way(called, run.level)):
                yield _Way(called, number, channel)
        return
    step = policy.steps[run.place.step]
    for called in people.called(step.to, at=said_at):
        if called.contact.key not in run.declined.union(run.holders):
            yield from _of_step(called, step)


def _of_step(called: Called, step: Step) -> Iterator[_Way]:
    """Each rung by its channel, or by the one that this person prefers."""
    by = channels(called.contact, step.rungs)
    for number, (rung, channel) in enumerate(zip(step.rungs, by, strict=True)):
        if channel is not None:
            yield _Way(called, number, channel, rung.after)


def _every_way(called: Called, level: int) -> tuple[Channel, ...]:
    """Who is the last resort is rung when it is urgent, or cannot be written to."""
    written: tuple[Channel, ...] = ("sms", "email")
    can_read = any(destination(called.contact, channel) for channel in written)
    return written if level > URGENT and can_read else ("voice", *written)
