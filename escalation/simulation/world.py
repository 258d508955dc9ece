"""The engine's own decisions against a scripted world, on a clock that runs ahead.

At each instant the engine's clock comes first, then what is due is sent, then what
carriers and people do: the same order in which a worker that never lags goes on.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from escalation.rules import (
    Accepted,
    Declined,
    Event,
    Log,
    Moved,
    RungFailed,
    Started,
    Tell,
    TimerFired,
)
from escalation.rules.forecast import Rehearsal
from escalation.rules.run import Milestone
from escalation.simulation.scripts import (
    ARRIVES_AFTER,
    HORIZON,
    RINGS_FOR,
    SETS_OUT_AFTER,
    UNDELIVERED_AFTER,
    Person,
    Script,
)

# What a carrier says of a text and of a call that came to nothing.
LOST: Mapping[str, str] = {
    "sms": "relay.undelivered",
    "voice": "relay.no_answer",
    "refused": "relay.failed",
}

# An agent is asked to dial by hand: a task on the desk, not yet an attempt.
TO_DIAL = "relay.to_dial"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what the engine would log. ``cause`` is what it decided about."""

    at: datetime
    what: Log
    cause: Event | None = None
    tell: Tell | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Something that carriers or people will do; ``epoch`` voids a call hung up."""

    event: Event
    tell: Tell
    epoch: int
    log: str = ""


@dataclass(slots=True)
class World:
    rehearsal: Rehearsal
    script: Script
    happened: list[Happening] = field(default_factory=list)
    told: dict[str, Person | None] = field(default_factory=dict)
    answers: set[str] = field(default_factory=set)
    _due: list[tuple[datetime, int, Due]] = field(default_factory=list)
    _sent: set[str] = field(default_factory=set)
    _logged: int = 0
    _order: int = 0

    def run_from(self, at: datetime) -> None:
        """A new ticket at ``at``, until the last resort was told or all is quiet."""
        self.play(Started(), at=at)
        self.go_on(at)

    @property
    def said(self) -> list[Tell]:
        """Everything that went out, in order; each once, whatever became of it."""
        keyed = {each.tell.key: each.tell for each in self.happened if each.tell}
        return list(keyed.values())

    def answered_by(self, tell: Tell) -> bool:
        """Whether the person answers this very message."""
        return tell.key in self.answers

    def go_on(self, at: datetime) -> None:
        until = at + HORIZON
        self._send(at)
        while (following := self._next()) and following <= until:
            self._pass(following)

    def play(self, event: Event, *, at: datetime) -> None:
        before = [tell for _, tell in self._pending()]
        self.rehearsal.play(event, at=at)
        logs = [m for m in self.rehearsal.moments if not isinstance(m.what, Tell)]
        lines = [
            Happening(at, moment.what, event)
            for moment in logs[self._logged :]
            if isinstance(moment.what, Log)
        ]
        self._logged = len(logs)
        still = {tell.key for _, tell in self._pending()}
        dropped = [tell for tell in before if tell.key not in still]
        if dropped:
            # Whoever's answer it was is told of first.
            names = sorted({tell.contact.name for tell in dropped})
            lines.insert(1, Happening(at, Log("relay.cancelled", {"to": names}), event))
        self.happened += lines

    def _next(self) -> datetime | None:
        instants = [tell_at for tell_at, _ in self._pending()]
        instants += [self._due[0][0]] if self._due else []
        if self._goes_on:
            instants += self.rehearsal.timers.values()
        return min(instants, default=None)

    @property
    def _goes_on(self) -> bool:
        """From the last resort on the ladder only repeats, until somebody answers."""
        people = any(not isinstance(due.event, RungFailed) for _, _, due in self._due)
        return people or self.rehearsal.run.state != "exhausted"

    def _pending(self) -> list[tuple[datetime, Tell]]:
        return [each for each in self.rehearsal.told() if each[1].key not in self._sent]

    def _pass(self, at: datetime) -> None:
        timers = self.rehearsal.timers
        while self._goes_on and timers and min(timers.values()) <= at:
            kind = min(timers.items(), key=lambda timer: timer[1])[0]
            del timers[kind]
            self.play(TimerFired(kind, self.rehearsal.run.epoch), at=at)
        self._send(at)
        while self._due and self._due[0][0] <= at:
            self._react(heapq.heappop(self._due)[2], at)
        self._send(at)

    def _send(self, at: datetime) -> None:
        """What is due goes out, and what it will lead to is known from the script."""
        due = [tell for tell_at, tell in self._pending() if tell_at <= at]
        for tell in due:
            self._sent.add(tell.key)
            self._go_out(tell, at)

    def _go_out(self, tell: Tell, at: datetime) -> None:
        event = TO_DIAL if tell.channel == "agent" else "relay.attempted"
        self.happened.append(Happening(at, Log(event), None, tell))
        refused = tell.channel == "sms" and self.script.texts == "down"
        lost = tell.channel == "sms" and self.script.texts == "undelivered"
        if refused:
            self._later(tell, RungFailed(tell.key), at, log=LOST["refused"])
        elif lost:
            failed_at = at + UNDELIVERED_AFTER
            self._later(tell, RungFailed(tell.key), failed_at, log=LOST["sms"])
        elif not self._is_heard(tell, at) and tell.channel == "voice":
            self._later(tell, RungFailed(tell.key), at + RINGS_FOR, log=LOST["voice"])

    def _is_heard(self, tell: Tell, at: datetime) -> bool:
        """Whether somebody answers to this message; to each person's first only."""
        contact = tell.contact.key
        if contact in self.told:
            return False
        person = self.script.person(len(self.told) + 1)
        self.told[contact] = person
        if person is None:
            return False
        self.answers.add(tell.key)
        answer: Event
        if person.does == "accept":
            answer = Accepted(contact, tell.channel)
        else:
            answer = Declined(contact, tell.channel)
        self._later(tell, answer, at + person.after)
        return True

    def _later(self, tell: Tell, event: Event, at: datetime, *, log: str = "") -> None:
        due = Due(event, tell, self.rehearsal.run.epoch, log)
        self._order += 1
        heapq.heappush(self._due, (at, self._order, due))

    def _react(self, due: Due, at: datetime) -> None:
        if due.log:
            hung_up = due.epoch != self.rehearsal.run.epoch
            if hung_up and due.tell.channel == "voice":
                return
            self.happened.append(Happening(at, Log(due.log), None, due.tell))
            if hung_up:
                return
        if isinstance(due.event, Moved):
            moved = Log(f"ticket.{due.event.kind}", by=due.event.contact)
            self.happened.append(Happening(at, moved, due.event))
        self.play(due.event, at=at)
        if isinstance(due.event, Accepted):
            self._set_out(due.tell, at)

    def _set_out(self, tell: Tell, at: datetime) -> None:
        person = self.told[tell.contact.key]
        accepted = self.rehearsal.run.state == "accepted"
        if person is None or not person.arrives or not accepted:
            return
        limits = self.rehearsal.timers
        steps: tuple[tuple[Milestone, datetime], ...] = (
            ("on_the_way", at + SETS_OUT_AFTER),
            ("on_site", at + ARRIVES_AFTER),
        )
        for milestone, usual in steps:
            limit = limits.get(milestone, usual + (usual - at))
            in_time = min(usual, at + (limit - at) / 2)
            self._later(tell, Moved(milestone, tell.contact.key), in_time)
