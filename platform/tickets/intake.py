"""What is taken down of a request, before it is a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct, field

from tenants import rules
from tenants.town import Category, Language, Town
from tickets.phones import normalised
from tickets.terms import Channel, Confidence, Identity, PlaceKind, TellBy


class Caller(Struct, frozen=True, kw_only=True):
    """A resident as taken down. Of an anonymous one nothing here is stored."""

    identity: Identity = "identified"
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: Language = "en"
    tell_by: TellBy = "none"


class Intake(Struct, frozen=True, kw_only=True):
    """A request as taken down.

    ``client_key`` is made by the page it is typed on, and sent again on a retry.
    ``level`` is an agent's own; it may only be graver, and then ``level_reason`` says
    why. ``answers`` maps a question's key to a choice's key, or to what was written.
    ``parent_id`` is a ticket of the same call, and ``called_at`` when the call really
    came, if it was first taken down on paper: the promise was given then.
    """

    client_key: UUID
    category: str
    channel: Channel
    caller: Caller = Caller()
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place_kind: PlaceKind = "described"
    confidence: Confidence = "described"
    asset: str = ""
    directions: str = ""
    words: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    level: int | None = None
    level_reason: str = ""
    call_id: UUID | None = None
    read_back: bool = False
    parent_id: UUID | None = None
    called_at: datetime | None = None


def level_of(category: Category, intake: Intake) -> int:
    """The gravest of what the category, the answers and the agent say."""
    answered = rules.raised_level(category, intake.answers)
    return min(answered, intake.level or answered)


def place_of(intake: Intake) -> str:
    """The place in words; a point on the map alone is written as its coordinates."""
    if intake.place.strip() or intake.latitude is None or intake.longitude is None:
        return intake.place.strip()
    return f"{intake.latitude:.5f}, {intake.longitude:.5f}"


def answers_of(category: Category, intake: Intake) -> list[dict[str, str]]:
    """What was asked and answered, in the order of asking; the rest is not kept."""
    given = {key: answer.strip() for key, answer in intake.answers.items()}
    return [
        {"question": question.key, "answer": given[question.key]}
        for question in rules.visible_questions(category, intake.answers)
        if given.get(question.key)
    ]


def phone_of(town: Town, caller: Caller) -> str | None:
    """The number in E.164; without a country code it is one of the town's country."""
    return normalised(caller.phone, country=town.holidays[:2])
