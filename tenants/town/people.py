"""Who can be told, and who is on call."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from tenants.town.fields import Email, Key, Language, OwnChannel, Phone
from tenants.town.parts import Part, Text


class Department(Part, frozen=True, kw_only=True):
    key: Key
    name: Text


class Vacation(Part, frozen=True, kw_only=True):
    """From one wall time until another, somebody is away from whatever they are on."""

    starts: datetime
    ends: datetime


class Contact(Part, frozen=True, kw_only=True):
    """Somebody who can be told, with the destinations they have verified.

    ``roles`` are words of the town's own, "foreman", by which a policy may mean them.
    ``unverified`` are those of their destinations that nobody has confirmed yet:
    nothing is sent there. The town answers for all others. ``channels`` is how they
    want to be told, best first: ``tenants.rules.preferences`` says when it counts.
    """

    key: Key
    name: Annotated[str, Meta(pattern=r"^.*\S.*$", description="a name")]
    department: Key
    title: Text = Text()
    language: Language = "en"
    mobile: Phone | None = None
    landline: Phone | None = None
    email: Email | None = None
    channels: tuple[OwnChannel, ...] = ()
    unverified: tuple[str, ...] = ()
    roles: tuple[Key, ...] = ()
    vacations: tuple[Vacation, ...] = ()


class Crew(Part, frozen=True, kw_only=True):
    """People who go out together, and are told together."""

    key: Key
    name: Text
    department: Key
    members: Annotated[tuple[Key, ...], Meta(min_length=1)]


class DutyDesk(Part, frozen=True, kw_only=True):
    """A desk of the town's where somebody is at every hour: who is told last of all."""

    name: Annotated[str, Meta(pattern=r"^.*\S.*$", description="a name")]
    phone: Phone
    mobile: Phone | None = None
    email: Email | None = None
    language: Language = "en"


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


class Temporary(Part, frozen=True, kw_only=True):
    """Another rotation, whole, that is kept instead of the roster's own for a while.

    Its first member's first turn begins at ``anchor``, or else where it starts.
    """

    starts: datetime
    ends: datetime
    days: Annotated[int, Meta(ge=1, le=366)]
    members: Annotated[tuple[Key, ...], Meta(min_length=1)]
    anchor: datetime | None = None


class Roster(Part, frozen=True, kw_only=True):
    """Who is on call: members in turn, each for ``days``, handed over at ``anchor``."""

    key: Key
    name: Text
    anchor: datetime  # wall time in the town's zone; the first member's first shift
    days: Annotated[int, Meta(ge=1, le=366)]
    members: tuple[Key, ...]
    overrides: tuple[Override, ...] = ()
    absences: tuple[Absence, ...] = ()
    temporary: tuple[Temporary, ...] = ()
