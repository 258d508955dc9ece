"""The town itself, whole."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, TypeVar

from msgspec import Meta

from tenants.town.categories import Category
from tenants.town.fields import (
    Color,
    Email,
    Hours,
    Key,
    Language,
    Monogram,
    Phone,
    Point,
    Prefix,
    Region,
)
from tenants.town.hours import AnswerPhrase, Closure, OpenHours
from tenants.town.parts import Part, Text
from tenants.town.people import Contact, Crew, Department, DutyDesk, Roster
from tenants.town.policies import Policy
from tenants.town.sending import Sending
from townline.errors import NotFound


class Line(Part, frozen=True, kw_only=True):
    """A telephone number that belongs to the town; it rings, takes texts and sends."""

    number: Phone
    label: Text
    language: Language = "en"


class LifeSafety(Part, frozen=True, kw_only=True):
    """A question put before any category; a yes is handed to 911 with ``say``."""

    key: Key
    ask: Text
    say: Text


class Survey(Part, frozen=True, kw_only=True):
    """When and how often residents are asked how it went."""

    after_hours: Hours
    percent: Annotated[int, Meta(ge=0, le=100)]
    not_again_days: Annotated[int, Meta(ge=0, le=366)]


class Town(Part, frozen=True, kw_only=True):
    """One municipality, whole."""

    format: Literal[1]
    slug: Key
    name: Text
    monogram: Monogram
    prefix: Prefix
    color: Color
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    time_zone: str
    holidays: Region
    email: Email
    boundary: Annotated[tuple[Point, ...], Meta(min_length=4)]
    lines: Annotated[tuple[Line, ...], Meta(min_length=1)]
    hours: tuple[OpenHours, ...]
    closures: tuple[Closure, ...] = ()
    phrases: tuple[AnswerPhrase, ...]
    life_safety: tuple[LifeSafety, ...] = ()
    departments: tuple[Department, ...]
    contacts: tuple[Contact, ...]
    crews: tuple[Crew, ...] = ()
    duty_desk: DutyDesk | None = None
    rosters: tuple[Roster, ...]
    policies: tuple[Policy, ...]
    survey: Survey
    sending: Sending = Sending()
    categories: Annotated[tuple[Category, ...], Meta(min_length=1)]

    def category(self, key: str) -> Category:
        return _named(self.categories, key)

    def contact(self, key: str) -> Contact:
        return _named(self.contacts, key)

    def crew(self, key: str) -> Crew:
        return _named(self.crews, key)

    def roster(self, key: str) -> Roster:
        return _named(self.rosters, key)

    def department(self, key: str) -> Department:
        return _named(self.departments, key)


class NoSuchEntry(NotFound):
    """The town's rules have no such entry; they may have changed since."""


class Keyed(Protocol):
    """An entry that others refer to by its key."""

    @property
    def key(self) -> str: ...


Entry = TypeVar("Entry", bound=Keyed)


def _named(entries: tuple[Entry, ...], key: str) -> Entry:
    for entry in entries:
        if entry.key == key:
            return entry
    raise NoSuchEntry
