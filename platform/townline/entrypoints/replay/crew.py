"""The people who are told: whether, when and how they answer, by lot.

The shares are guesses of a working public works department: more sleep through a text
than through a call, more at night than by day, and fewer in an emergency.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from notify.message import AnswerKind
from tenants.town import Town
from tickets import Step
from townline import localtime
from townline.entrypoints.replay import residents
from townline.entrypoints.replay.acts import (
    Act,
    Clicks,
    Later,
    Presses,
    Progresses,
    Reports,
    Responds,
    Texts,
)
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.planning import Asked, Plan
from townline.entrypoints.replay.told import Told

MINUTE = timedelta(minutes=1)
# Awake, and at work or near it.
DAY = range(7, 22)
# The share of those reached by each channel who take it: by day, and at night.
TAKEN_BY_DAY = {"sms": 0.52, "voice": 0.80, "email": 0.14}
TAKEN_BY_NIGHT = {"sms": 0.28, "voice": 0.66, "email": 0.03}
# An emergency wakes more of them up.
EMERGENCY = 1.25
# Whoever is the last resort is there for it.
TAKEN_AT_THE_DESK = 0.85
DECLINED = 0.07
# Half of those who answer a text do so within this time.
TEXT_TAKES = {1: 1.2, 2: 3.0, 3: 12.0, 4: 35.0, 5: 90.0}
LETTER_TAKES = {1: 6.0, 2: 12.0, 3: 25.0, 4: 50.0, 5: 120.0}
# What becomes of a call, and of a text: the carriers' own words and codes.
CALLS: Mapping[str, float] = {"no-answer": 18, "busy": 4, "voicemail": 16, "person": 62}
CALLS_AT_NIGHT: Mapping[str, float] = {
    "no-answer": 24, "busy": 1, "voicemail": 25, "person": 50,
}  # fmt: skip
TEXTS: Mapping[str, float] = {"delivered": 977, "30003": 15, "30006": 5, "30005": 3}
BOUNCED = 0.004
# From acceptance to the road, and from the road to the place.
LEAVES_AFTER = {1: 4.0, 2: 9.0, 3: 45.0, 4: 400.0, 5: 400.0}
ARRIVES_AFTER = {1: 16.0, 2: 28.0, 3: 40.0, 4: 60.0, 5: 60.0}
ROUTINE = 3
SAYS_SO_UNASKED = 0.6

CODE = re.compile(r"(?:Reply|Répondez) (\d{2,4})\b")
SURVEY = re.compile(r"/s/[A-Z]{3}/([\w-]+)")
YES: tuple[str, ...] = ("{}", "{} ok", "ok {}", "{} oui", "{} OK!")
NO: tuple[str, ...] = ("{} no", "{} non", "no {}")


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody who may be told anything in this replay."""

    plan: Plan
    by_key: Mapping[UUID, Asked] = field(init=False)
    desks: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        asked = {each.intake.client_key: each for each in self.plan.asked}
        object.__setattr__(self, "by_key", asked)
        object.__setattr__(self, "desks", last_resorts(self.plan.town))

    def reactions(self, told: Told) -> Iterator[Later]:
        """What one attempt leads to, if the product lets it."""
        asked = self.by_key.get(told.client_key)
        if asked is None:
            return
        lots = self.plan.edition.lots("told", asked.number, told.name)
        yield from REACHED[told.channel](self, told, lots)

    def work(
        self, client_key: UUID, ticket_id: UUID, *, level: int, crew: str, at: datetime
    ) -> Iterator[Later]:
        """How whoever has accepted gets to the place, if it is not closed before."""
        asked = self.by_key[client_key]
        lots = self.plan.edition.lots("work", asked.number, at.isoformat())
        leaves = at + lots.after(LEAVES_AFTER[level] * MINUTE)
        arrives = leaves + lots.after(ARRIVES_AFTER[level] * MINUTE)
        if level >= ROUTINE and not lots.falls(SAYS_SO_UNASKED):
            return
        steps: tuple[tuple[datetime, Step], ...]
        steps = ((leaves, "on_the_way"), (arrives, "on_site"))
        for then, step in steps:
            if asked.closes_at is None or then < asked.closes_at:
                yield Later(then, Progresses(ticket_id=ticket_id, step=step, crew=crew))

    def texted(self, told: Told, lots: Lots) -> Iterator[Later]:
        became = lots.weighed(TEXTS)
        status, error = ("undelivered", became) if became.isdigit() else (became, "")
        report = Reports(
            attempt_id=told.attempt_id, channel="sms", status=status, error=error
        )
        heard_of = told.at + lots.soon(1.5, 9)
        if not told.carried:
            yield Later(heard_of, report)
        if error:
            return
        if told.purpose == "survey":
            yield from _response(told, lots)
        elif kind := self._decision(told, lots):
            takes = lots.after(TEXT_TAKES[told.level] * MINUTE)
            yield Later(heard_of + takes, _text(told, kind, lots))

    def rung(self, told: Told, lots: Lots) -> Iterator[Later]:
        became = lots.weighed(CALLS if self._is_day(told.at) else CALLS_AT_NIGHT)
        answered = told.at + lots.soon(6, 24)
        match became:
            case "person":
                yield Later(answered, _call(told, "in-progress"))
                over = answered + lots.soon(11, 26)
                if kind := self._decision(told, lots):
                    pressed = over - lots.soon(3, 8)
                    yield Later(pressed, _press(told, kind))
                yield Later(over, _call(told, "completed"))
            case "voicemail":
                machine = _call(told, "completed", by_machine=True)
                yield Later(answered + lots.soon(5, 20), machine)
            case status:
                yield Later(answered + lots.soon(1, 12), _call(told, status))

    def written_to(self, told: Told, lots: Lots) -> Iterator[Later]:
        """A letter that arrives is not reported: nothing waits for it."""
        if lots.falls(BOUNCED):
            bounce = Reports(
                attempt_id=told.attempt_id, channel="email", status="bounce"
            )
            heard_of = told.at + lots.soon(3, 40)
            if not told.carried:
                yield Later(heard_of, bounce)
        elif told.purpose == "survey":
            yield from _response(told, lots)
        elif kind := self._decision(told, lots):
            takes = lots.after(LETTER_TAKES[told.level] * MINUTE)
            yield Later(told.at + takes, _click(told, kind))

    def _decision(self, told: Told, lots: Lots) -> AnswerKind | None:
        if told.purpose != "relay":
            return None
        taken = TAKEN_BY_DAY if self._is_day(told.at) else TAKEN_BY_NIGHT
        share = taken[told.channel] * (EMERGENCY if told.level == 1 else 1.0)
        if told.contact in self.desks:
            share = max(share, TAKEN_AT_THE_DESK)
        if lots.falls(share):
            return "accept"
        return "decline" if lots.falls(DECLINED) else None

    def _is_day(self, at: datetime) -> bool:
        return localtime.wall(at, self.plan.town.time_zone).hour in DAY


REACHED: Mapping[str, Callable[[Crew, Told, Lots], Iterator[Later]]] = {
    "sms": Crew.texted,
    "voice": Crew.rung,
    "email": Crew.written_to,
}


def last_resorts(town: Town) -> frozenset[str]:
    return frozenset(
        target.removeprefix("contact:")
        for policy in town.policies
        for target in policy.last_resort
    )


def _text(told: Told, kind: AnswerKind, lots: Lots) -> Act:
    """By the code that was printed; where none was, or by taste, by the link."""
    code = CODE.search(told.body)
    if code is None or lots.falls(0.1):
        return _click(told, kind)
    words = lots.one_of(YES if kind == "accept" else NO)
    return Texts(
        ticket_id=told.ticket_id,
        ours=told.ours,
        theirs=told.theirs,
        body=words.format(code[1]),
    )


def _click(told: Told, kind: AnswerKind) -> Act:
    return Clicks(ticket_id=told.ticket_id, token=told.token, kind=kind)


def _press(told: Told, kind: AnswerKind) -> Act:
    digit = "1" if kind == "accept" else "2"
    return Presses(ticket_id=told.ticket_id, attempt_id=told.attempt_id, digit=digit)


def _call(told: Told, status: str, *, by_machine: bool = False) -> Act:
    return Reports(
        attempt_id=told.attempt_id,
        channel="voice",
        status=status,
        by_machine=by_machine,
    )


def _response(told: Told, lots: Lots) -> Iterator[Later]:
    token, opinion = SURVEY.search(told.body), residents.opinion(lots)
    if token and opinion:
        takes, answers = opinion
        yield Later(told.at + takes, Responds(token[1], answers))
