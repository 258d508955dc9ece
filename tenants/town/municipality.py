"""The town itself, whole."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, TypeVar

from msgspec import Meta

from tenants.town.articles import Article
from tenants.town.categories import Category
from tenants.town.desk import DeskTerms, HandOff
from tenants.town.fields import (
    Color,
    Email,
    Hours,
    Issuer,
    Key,
    Language,
    Monogram,
    Phone,
    Point,
    Prefix,
    Region,
)
from tenants.town.hours import AnswerPhrase, Closure, OpenHours
from tenants.town.instructions import Instruction
from tenants.town.menus import Menu, Service, Surge
from tenants.town.neighbours import Neighbour
from tenants.town.parts import Part, Text
from tenants.town.people import Contact, Crew, Department, DutyDesk, Roster
from tenants.town.policies import Policy
from tenants.town.publishing import Publishing
from tenants.town.recording import Recording
from tenants.town.sending import Sending
from tenants.town.standards import Reviews, ServiceLevel
from tenants.town.wording import Wording
from townline.errors import NotFound


class Line(Part, frozen=True, kw_only=True):
    """A telephone number that belongs to the town; it rings, takes texts and sends.

    ``service`` is what the town has bought for it. People answer at the hours of
    ``staffed``, which are all hours if there are none. Whoever has waited for
    ``voicemail_after`` seconds is asked for a message; without it, nobody is.
    """

    number: Phone
    label: Text
    language: Language = "en"
    service: Service = "people"
    menu: Key | None = None
    staffed: tuple[OpenHours, ...] = ()
    voicemail_after: Annotated[int, Meta(ge=30, le=3_600)] | None = None
    call_back: bool = True


class LifeSafety(Part, frozen=True, kw_only=True):
    """A question put before any category; a yes is handed to 911 with ``say``."""

    key: Key
    ask: Text
    say: Text


class SignIn(Part, frozen=True, kw_only=True):
    """The town's own accounts (OpenID Connect); our secret there is the operator's."""

    issuer: Issuer
    client_id: str


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
    menus: tuple[Menu, ...] = ()
    surge: Surge = Surge()
    hours: tuple[OpenHours, ...]
    closures: tuple[Closure, ...] = ()
    phrases: tuple[AnswerPhrase, ...]
    life_safety: tuple[LifeSafety, ...] = ()
    hand_offs: tuple[HandOff, ...] = ()
    desk: DeskTerms = DeskTerms()
    recording: Recording | None = None
    departments: tuple[Department, ...]
    contacts: tuple[Contact, ...]
    crews: tuple[Crew, ...] = ()
    duty_desk: DutyDesk | None = None
    rosters: tuple[Roster, ...]
    policies: tuple[Policy, ...]
    neighbours: tuple[Neighbour, ...] = ()
    survey: Survey
    sign_in: SignIn | None = None
    sending: Sending = Sending()
    messages: tuple[Wording, ...] = ()
    service_level: ServiceLevel = ServiceLevel()
    reviews: Reviews = Reviews()
    publishing: Publishing = Publishing()
    categories: Annotated[tuple[Category, ...], Meta(min_length=1)]
    articles: tuple[Article, ...] = ()
    instructions: tuple[Instruction, ...] = ()

    def category(self, key: str) -> Category:
        return _named(self.categories, key)

    def article(self, key: str) -> Article:
        return _named(self.articles, key)

    def instruction(self, key: str) -> Instruction:
        return _named(self.instructions, key)

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
