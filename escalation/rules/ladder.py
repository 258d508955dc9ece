"""What happens when nobody answers.

The current step is given its wait; then its repeats come, then the next step, then
the next round, and after the last round the last resort, again and again, until
somebody human accepts. Nothing here ends a ladder: only answers do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from escalation.rules.effects import Alarm, Decision, Effect, Log, SetTimer, Tell
from escalation.rules.gates import opens
from escalation.rules.people import Directory
from escalation.rules.quiet import held
from escalation.rules.run import Place, Run
from escalation.rules.tellings import is_last_resort, tellings
from tenants.town import Policy

MINUTE = timedelta(minutes=1)
# The worker looks every second; ten looks missed in a row are an outage.
OUTAGE = timedelta(seconds=10)


def climb(
    policy: Policy, people: Directory, run: Run, *, planned: datetime, at: datetime
) -> Decision:
    """Leave the current place for the next one in which there is somebody to tell."""
    next_place = _after(policy, run)
    if is_last_resort(policy, run.place):
        # Told anew, for days perhaps: its earlier promises need no keeping in mind.
        run = replace(run, waiting=run.waiting - run.hopes)
    return _begin(policy, people, run, next_place, planned=planned, at=at)


def open_ladder(
    policy: Policy, people: Directory, run: Run, *, planned: datetime, at: datetime
) -> Decision:
    """Start the ladder from its first step, in a round that never was before."""
    first = Place(run.opening, 0, 0)
    return _begin(policy, people, run, first, planned=planned, at=at)


def begin_again(
    policy: Policy, people: Directory, run: Run, *, at: datetime
) -> Decision:
    """Take up a ladder at the step where it was interrupted."""
    here = Place(run.place.round + 1, run.place.step, 0)
    run = replace(run, opening=run.opening + 1)
    return _begin(policy, people, run, here, planned=at, at=at)


def next_planned(policy: Policy, run: Run) -> datetime:
    """When the current place is over, if nobody answers and nothing fails."""
    return run.planned_at + _wait(policy, run.place)


def _after(policy: Policy, run: Run) -> Place:
    """The ladder's order: repeats, steps, rounds, and the last resort for ever."""
    round, step, repeat = run.place
    if is_last_resort(policy, run.place) or repeat < policy.steps[step].repeat:
        return Place(round, step, repeat + 1)
    is_last_step = step + 1 == len(policy.steps)
    if is_last_step and round + 1 < run.opening + policy.rounds:
        return Place(round + 1, 0, 0)
    return Place(round, step + 1, 0)


def _last_repeat(policy: Policy, place: Place) -> Place:
    """Where an empty step ends: nobody is not repeated."""
    return place._replace(repeat=policy.steps[place.step].repeat)


def _begin(
    policy: Policy,
    people: Directory,
    run: Run,
    place: Place,
    *,
    planned: datetime,
    at: datetime,
) -> Decision:
    """Start ``place``, or the first after it that is not empty: those take no time."""
    passed: list[Effect] = []
    while True:
        base = _base(policy, people, run, planned=planned, at=at)
        run = replace(run, place=place, planned_at=base, step_started_at=at)
        told = tellings(policy, people, run, at=at)
        if is_last_resort(policy, place):
            return _last_resort(policy, run, told, at=at).after(*passed)
        if told:
            return _step(policy, run, told, at=at).after(*passed)
        passed.append(Log("relay.step_empty", _facts(place)))
        place = _after(policy, replace(run, place=_last_repeat(policy, place)))


def _base(
    policy: Policy, people: Directory, run: Run, *, planned: datetime, at: datetime
) -> datetime:
    """The instant from which a step's delays count: planned, or when its gate opens."""
    zone = people.town.time_zone
    base = opens(policy, zone=zone, level=run.level, at=planned)
    now = max(base, at)
    morning = held(policy.quiet, zone=zone, level=run.level, at=now)
    return base if morning == now else morning


def _step(
    policy: Policy, run: Run, told: tuple[Tell, ...], *, at: datetime
) -> Decision:
    run = replace(
        run, state="running", waiting=run.waiting | {tell.key for tell in told}
    )
    started = Log("relay.step_started", _facts(run.place) | _said(run, told, at))
    return Decision(run, (started, *told, _timer(policy, run, at)))


def _last_resort(
    policy: Policy, run: Run, told: tuple[Tell, ...], *, at: datetime
) -> Decision:
    """Tell the last resort, and alarm when the ladder has just run out."""
    effects: list[Effect] = []
    if run.exhausted_at is None:
        effects += [Log("relay.exhausted"), Alarm("exhausted")]
    if not told:
        effects.append(Alarm("last_resort_empty"))
    run = replace(
        run,
        state="exhausted",
        exhausted_at=run.exhausted_at or at,
        planned_at=_latest(policy, run, at),
        waiting=run.waiting | {tell.key for tell in told},
        alarm="exhausted" if told else "last_resort_empty",
    )
    again = {"time": run.place.repeat + 1} | _said(run, told, at)
    effects += [Log("relay.last_resort", again), *told, _timer(policy, run, at)]
    return Decision(run, tuple(effects))


def _latest(policy: Policy, run: Run, at: datetime) -> datetime:
    """The last resort's latest planned time: what an outage missed is not made up."""
    every = _wait(policy, run.place)
    missed = max(0, (at - run.planned_at) // every)
    return run.planned_at + missed * every


def _timer(policy: Policy, run: Run, at: datetime) -> SetTimer:
    """The next place's planned time, yet after an outage no sooner than a minute.

    A policy that itself waits less than a minute is not slowed down by one.
    """
    planned = next_planned(policy, run)
    if at - run.planned_at <= OUTAGE:
        return SetTimer("step", planned)
    pause = min(MINUTE, _wait(policy, run.place))
    return SetTimer("step", max(planned, at + pause))


def _wait(policy: Policy, place: Place) -> timedelta:
    if is_last_resort(policy, place):
        return timedelta(seconds=policy.last_resort_every)
    return timedelta(seconds=policy.steps[place.step].wait)


def _facts(place: Place) -> dict[str, object]:
    """A place as people count: the first step of the first round is 1 of 1."""
    return {
        "round": place.round + 1,
        "step": place.step + 1,
        "repeat": place.repeat,
    }


def _said(run: Run, told: tuple[Tell, ...], at: datetime) -> dict[str, object]:
    names = list(dict.fromkeys(tell.contact.name for tell in told))
    facts: dict[str, object] = {"to": names, "planned_at": run.planned_at}
    if run.planned_at <= at:
        return facts
    held_for = told[0].held_for if told else ""
    return facts | {"held_until": run.planned_at, "held_for": held_for}
