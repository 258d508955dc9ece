"""Who can be told, and who is on call."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from tenants.town.fields import Email, Key, Language, Phone
from tenants.town.parts import Part, Text


class Department(Part, frozen=True, kw_only=True):
    key: Key
    name: Text


class Contact(Part, frozen=True, kw_only=True):
    """Somebody who can be told, with the destinations they have verified."""

    key: Key
    name: Annotated[str, Meta(pattern=r"^.*\S.*$", description="a name")]
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
