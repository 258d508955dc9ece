"""A municipality as one value: everything its file can say, and nothing else.

The shape is a public format, version 1, described in ``deploy/docs/town-file.md``.
A published version of it is immutable; tickets and runs keep the one they were
handled under.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Phone = Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{6,14}$")]
Email = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Language = Literal["en", "fr"]
Level = Annotated[int, Meta(ge=1, le=5)]
Kind = Literal["information", "complaint", "problem", "request"]
Channel = Literal["sms", "voice", "email"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Seconds = Annotated[int, Meta(ge=0, le=604_800)]
Hours = Annotated[float, Meta(gt=0, le=8_760)]
Point = tuple[float, float]  # longitude, latitude, WGS 84, as GeoJSON has it


class Part(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Base of every table in the file: unknown fields are refused, never ignored."""


class Text(Part, frozen=True, kw_only=True):
    """The same words in each of the town's languages."""

    en: str = ""
    fr: str = ""

    def in_(self, language: str) -> str:
        """The words in ``language``, or in the other when the town has only that."""
        return (self.fr or self.en) if language == "fr" else (self.en or self.fr)


class Line(Part, frozen=True, kw_only=True):
    """A telephone number that belongs to the town; it rings, takes texts and sends."""

    number: Phone
    label: Text
    language: Language = "en"


class OpenHours(Part, frozen=True, kw_only=True):
    """One interval of opening on the named weekdays, in the town's wall time.

    Hours that do not close later than they open close on the next day: 00:00 to
    00:00 is a whole day.
    """

    days: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    opens: time
    closes: time


class Closure(Part, frozen=True, kw_only=True):
    """A day of the town's own on which it is closed, or open only in part."""

    day: date
    name: Text
    opens: time | None = None
    closes: time | None = None


class AnswerPhrase(Part, frozen=True, kw_only=True):
    """What an agent, or the greeting, says first; ``{agent}`` is the agent's name."""

    when: Literal["open", "closed", "holiday"]
    agent: Text
    greeting: Text


class LifeSafety(Part, frozen=True, kw_only=True):
    """A question put before any category; a yes is handed to 911 with ``say``."""

    key: Key
    ask: Text
    say: Text


class Department(Part, frozen=True, kw_only=True):
    key: Key
    name: Text


class Contact(Part, frozen=True, kw_only=True):
    """Somebody who can be told, with the destinations they have verified."""

    key: Key
    name: str
    department: Key
    title: Text = Text()
    language: Language = "en"
    mobile: Phone | None = None
    landline: Phone | None = None
    email: Email | None = None


class Absence(Part, frozen=True, kw_only=True):
    """A contact who is not on call from one wall time until another."""

    contact: Key
    starts: datetime
    ends: datetime


class Override(Part, frozen=True, kw_only=True):
    """A contact who is on call instead of the rotation."""

    contact: Key
    starts: datetime
    ends: datetime


class Roster(Part, frozen=True, kw_only=True):
    """Who is on call: members in turn, each for ``days``, handed over at ``anchor``."""

    key: Key
    name: Text
    anchor: datetime  # wall time in the town's zone; the first member's first shift
    days: Annotated[int, Meta(ge=1, le=366)]
    members: tuple[Key, ...]
    overrides: tuple[Override, ...] = ()
    absences: tuple[Absence, ...] = ()


class Rung(Part, frozen=True, kw_only=True):
    """One channel to each person of a step, ``after`` seconds into the step."""

    channel: Channel
    after: Seconds = 0


class Step(Part, frozen=True, kw_only=True):
    """Whom to tell, how, and how long to wait before passing on.

    ``to`` names targets as ``roster:KEY``, ``contact:KEY`` or ``department``
    (everybody of the category's department).
    """

    to: Annotated[tuple[str, ...], Meta(min_length=1)]
    rungs: Annotated[tuple[Rung, ...], Meta(min_length=1)]
    wait: Seconds
    repeat: Annotated[int, Meta(ge=0, le=5)] = 0


class QuietHours(Part, frozen=True, kw_only=True):
    """Wall times between which messages of this policy wait until the end."""

    starts: time
    ends: time


class Policy(Part, frozen=True, kw_only=True):
    """The ladder for some levels; the most specific policy that fits wins."""

    key: Key
    name: Text
    levels: Annotated[tuple[Level, ...], Meta(min_length=1)]
    categories: tuple[Key, ...] = ()
    departments: tuple[Key, ...] = ()
    hours: Literal["any", "open", "closed"] = "any"
    steps: tuple[Step, ...]
    rounds: Annotated[int, Meta(ge=1, le=10)] = 1
    last_resort: Annotated[tuple[str, ...], Meta(min_length=1)]
    last_resort_every: Annotated[int, Meta(ge=60, le=86_400)] = 180
    acceptances: Annotated[int, Meta(ge=1, le=5)] = 1
    on_the_way_within: Seconds | None = None
    on_site_within: Seconds | None = None
    quiet: QuietHours | None = None


class Choice(Part, frozen=True, kw_only=True):
    """One answer; it may raise the level, or stop with what ``say`` tells of 911."""

    key: Key
    label: Text
    raises_to: Level | None = None
    stops: Literal["911"] | None = None
    say: Text = Text()


class ShownIf(Part, frozen=True, kw_only=True):
    """Another question of the protocol, and the answers to it that show this one."""

    question: Key
    answers: Annotated[tuple[Key, ...], Meta(min_length=1)]


class Question(Part, frozen=True, kw_only=True):
    """One sentence of a protocol, read aloud, and the type of its answer."""

    key: Key
    ask: Text
    type: Literal["choice", "text", "number"] = "choice"
    choices: tuple[Choice, ...] = ()
    required: bool = False
    shown_if: ShownIf | None = None


class Promise(Part, frozen=True, kw_only=True):
    """What the caller is told; ``{due}`` in ``say`` is the promised time, spoken."""

    hours: Hours
    clock: Literal["elapsed", "business"] = "elapsed"
    say: Text


class FollowUps(Part, frozen=True, kw_only=True):
    """When an open ticket is taken up again, in hours; None means never."""

    remind_holder_after: Hours | None = None
    tell_resident_before: Hours | None = None
    call_back_after: Hours | None = None


class Category(Part, frozen=True, kw_only=True):
    """A service a resident can ask for (Open311 service; ``key`` is service_code)."""

    key: Key
    name: Text
    kind: Kind
    department: Key
    level: Level
    promise: Promise
    synonyms: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    proof: Literal["none", "note", "photo"] = "none"
    follow_ups: FollowUps = FollowUps()
    survey: bool = True
    public: bool = True


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
    monogram: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
    prefix: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]
    color: Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}$")]
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    time_zone: str
    holidays: Annotated[str, Meta(pattern=r"^[A-Z]{2}(-[A-Z]{2,3})?$")]
    email: Email
    boundary: Annotated[tuple[Point, ...], Meta(min_length=4)]
    lines: Annotated[tuple[Line, ...], Meta(min_length=1)]
    hours: tuple[OpenHours, ...]
    closures: tuple[Closure, ...] = ()
    phrases: tuple[AnswerPhrase, ...]
    life_safety: tuple[LifeSafety, ...] = ()
    departments: tuple[Department, ...]
    contacts: tuple[Contact, ...]
    rosters: tuple[Roster, ...]
    policies: tuple[Policy, ...]
    survey: Survey
    categories: Annotated[tuple[Category, ...], Meta(min_length=1)]

    def category(self, key: str) -> Category:
        return next(each for each in self.categories if each.key == key)

    def contact(self, key: str) -> Contact:
        return next(each for each in self.contacts if each.key == key)

    def roster(self, key: str) -> Roster:
        return next(each for each in self.rosters if each.key == key)

    def department(self, key: str) -> Department:
        return next(each for each in self.departments if each.key == key)
