"""What people do in a replay; the product alone decides what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notify.message import AnswerKind
from surveys import Answers
from tickets import Step
from townline.entrypoints.replay.planning import Asked


@dataclass(frozen=True, slots=True)
class Opens:
    """An agent takes a row down."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class Closes:
    """The town says what came of it, at its true time and in its own words."""

    asked: Asked
    ticket_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """A carrier tells what became of an attempt, in its own words."""

    attempt_id: UUID
    channel: str
    status: str
    error: str = ""
    by_machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Somebody writes back to the number that wrote to them."""

    ticket_id: UUID
    ours: str
    theirs: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """Somebody on the phone presses a key, unless they were hung up on by then."""

    ticket_id: UUID
    attempt_id: UUID
    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clicks:
    """Somebody opens the link they were sent and says what they will do."""

    ticket_id: UUID
    token: str
    kind: AnswerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Progresses:
    ticket_id: UUID
    step: Step
    crew: str


@dataclass(frozen=True, slots=True)
class Responds:
    """A resident answers the survey behind the link they were sent."""

    token: str
    answers: Answers


Act = Opens | Closes | Reports | Texts | Presses | Clicks | Progresses | Responds


@dataclass(frozen=True, slots=True)
class Later:
    """An act at its instant; people know nothing of each other's plans."""

    at: datetime
    act: Act
