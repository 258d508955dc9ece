"""What is going to happen: the engine's own decisions, on a clock that runs ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from escalation.rules.effects import (
    Alarm,
    DropTimer,
    Effect,
    Log,
    RaiseEpoch,
    SetTimer,
    Tell,
    Withdraw,
)
from escalation.rules.events import Event, TimerFired
from escalation.rules.people import Directory
from escalation.rules.plan import plan
from escalation.rules.run import Run, TimerKind
from escalation.rules.tellings import tellings
from tenants.town import Policy

UNBORN = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that will be said, logged or alarmed about at an instant."""

    at: datetime
    what: Tell | Log | Alarm


@dataclass(slots=True)
class Rehearsal:
    """Carries decisions out in memory, as the service does in the database."""

    policy: Policy
    people: Directory
    run: Run
    timers: dict[TimerKind, datetime] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)

    def play(self, event: Event, *, at: datetime) -> None:
        decision = plan(self.policy, self.people, self.run, event, at=at)
        self.run = decision.run
        for effect in decision.effects:
            self._carry_out(effect, at)

    def _carry_out(self, effect: Effect, at: datetime) -> None:
        match effect:
            case RaiseEpoch():
                self.timers.clear()
                self._keep(lambda told: False, at)
            case Withdraw():
                self._keep(lambda told: told.key in self.run.waiting, at)
            case SetTimer():
                self.timers[effect.kind] = effect.due_at
            case DropTimer():
                self.timers.pop(effect.kind, None)
            case Tell():
                self.moments.append(Moment(effect.due_at, effect))
            case _:
                self.moments.append(Moment(at, effect))

    def _keep(self, wanted: Callable[[Tell], bool], at: datetime) -> None:
        """Forget what was to be said after ``at``, but for what is ``wanted``."""
        self.moments = [
            moment
            for moment in self.moments
            if moment.at <= at
            or (isinstance(moment.what, Tell) and wanted(moment.what))
        ]

    def let_time_pass(self) -> datetime:
        """Fire the next timer, at its own time."""
        kind, due = min(self.timers.items(), key=lambda timer: timer[1])
        del self.timers[kind]
        self.play(TimerFired(kind, self.run.epoch), at=due)
        return due

    def told(self) -> Iterator[tuple[datetime, Tell]]:
        for moment in self.moments:
            if isinstance(moment.what, Tell):
                yield moment.at, moment.what


def upcoming(
    policy: Policy,
    people: Directory,
    run: Run,
    timers: Mapping[TimerKind, datetime],
    *,
    at: datetime,
) -> tuple[Moment, ...]:
    """What a run that stands somewhere will still do, if nobody answers."""
    rehearsal = Rehearsal(policy, people, run, dict(timers))
    for tell in tellings(policy, people, run, at=run.step_started_at):
        if tell.key in run.waiting:
            rehearsal.moments.append(Moment(tell.due_at, tell))
    _until_the_last_resort(rehearsal)
    return tuple(moment for moment in _in_order(rehearsal) if moment.at > at)


def _until_the_last_resort(rehearsal: Rehearsal) -> None:
    """Go on until the last resort is told: from there on it only repeats."""
    while rehearsal.timers:
        rehearsal.let_time_pass()
        if rehearsal.run.state == "exhausted":
            break


def _in_order(rehearsal: Rehearsal) -> tuple[Moment, ...]:
    return tuple(sorted(rehearsal.moments, key=lambda moment: moment.at))
