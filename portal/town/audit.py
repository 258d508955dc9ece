"""Who was shown who a resident is, and who changed what: for the town's managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

import tickets
from portal.town.queries.standings import tickets_by_id
from portal.town.story import deeds
from tickets import Ticket
from townline import localtime, looks, trail
from townline.errors import Invalid, NotFound
from townline.looks import IdentityLook
from townline.proof import LogEntry
from townline.tenancy import TenantSession

A_PAGE = 100
# Of an entry: PostgreSQL's bigint has nineteen digits.
LONGEST_NUMBER = 19
Kind = Literal["looks", "changes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """From the address; ``until`` is the last day that is shown, ``who`` an actor."""

    kind: Kind = "looks"
    who: str = ""
    number: str = ""
    until: str = ""
    before: str = ""

    def address(self, **other: str) -> str:
        asked = {
            "show": self.kind,
            "who": self.who,
            "number": self.number,
            "until": self.until,
        } | other
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``what`` is a sentence; ``ticket`` is there if it is about one."""

    at: datetime
    who: str
    name: str
    what: str
    details: Sequence[str] = ()
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    asked: Asked
    lines: Sequence[Line]
    older: str
    unknown: bool = False


def audit_of(db: TenantSession, asked: Asked, *, zone: str, at: datetime) -> Audit:
    try:
        about = tickets.by_number(db, asked.number).id if asked.number else None
    except (Invalid, NotFound):
        return Audit(asked=asked, lines=(), older="", unknown=True)
    until = _until(asked, zone=zone, at=at)
    if asked.kind == "looks":
        return _looks(db, asked, about, until=until)
    return _changes(db, asked, about, until=until)


def _looks(
    db: TenantSession, asked: Asked, about: UUID | None, *, until: datetime
) -> Audit:
    before = _instant(asked.before) or until
    found = looks.looks(
        db, before=before, limit=A_PAGE, actor=asked.who, subject_id=about
    )
    known = tickets_by_id(db, [e.subject_id for e in found if e.subject == "ticket"])
    full = len(found) == A_PAGE
    return Audit(
        asked=asked,
        lines=[_look(each, known) for each in found],
        older=asked.address(before=found[-1].at.isoformat()) if full else "",
    )


def _changes(
    db: TenantSession, asked: Asked, about: UUID | None, *, until: datetime
) -> Audit:
    older = asked.before.isdecimal() and len(asked.before) < LONGEST_NUMBER
    below = int(asked.before) if older else trail.first_since(db, until)
    if about is not None:
        found = trail.changes_to(db, about, below=below, actor=asked.who)
        page = trail.Trail(found, None)
    else:
        page = trail.changes(db, below=below, limit=A_PAGE, actor=asked.who)
    known = tickets_by_id(db, [each.subject_id for each in page.entries])
    return Audit(
        asked=asked,
        lines=[_change(each, known) for each in page.entries],
        older=asked.address(before=str(page.goes_on)) if page.goes_on else "",
    )


def _look(look: IdentityLook, known: Mapping[UUID, Ticket]) -> Line:
    return Line(
        at=look.at,
        who=look.actor,
        name=_name(look.actor),
        what=deeds.looked(look.subject, look.door),
        ticket=known.get(look.subject_id),
    )


def _change(entry: LogEntry, known: Mapping[UUID, Ticket]) -> Line:
    return Line(
        at=entry.at,
        who=entry.actor,
        name=_name(entry.actor),
        what=deeds.did(entry.event),
        details=deeds.details(entry.told()),
        ticket=known.get(entry.subject_id),
    )


def _name(actor: str) -> str:
    kind, _, name = actor.partition(" ")
    return f"{name} ({deeds.kind(kind)})"


def _until(asked: Asked, *, zone: str, at: datetime) -> datetime:
    """The end of the day asked for; a day that is none narrows nothing."""
    try:
        last = date.fromisoformat(asked.until) + timedelta(days=1)
    except (ValueError, OverflowError):
        return at + timedelta(seconds=1)
    return localtime.starts(datetime.combine(last, time()), zone)


def _instant(written: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return instant if instant.tzinfo else None
