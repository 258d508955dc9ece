"""Setting a minder, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, update

from calls.minders.models import About, Minder
from calls.minders.rules import OVERDUE_AFTER
from calls.models import Call
from tickets import Ticket
from townline import live, proof
from townline.auth import Person
from townline.errors import Conflict, Invalid
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession

LONGEST_WORDS = 500


class MinderDone(Conflict):
    """This minder is done already; nothing more needs to be done."""


class NothingToRemember(Invalid):
    """Say in a few words what to be reminded of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``mine`` is for whoever asks; else it is for the whole desk."""

    words: str
    due_at: datetime
    mine: bool = True
    about: About = "town"
    about_id: UUID | None = None


def remind(db: TenantSession, wish: Wish, *, by: Person, at: datetime) -> Minder:
    words = wish.words.strip()[:LONGEST_WORDS]
    if not words:
        raise NothingToRemember
    _check_subject(db, wish)
    minder = db.add(
        Minder(
            about=wish.about,
            about_id=wish.about_id,
            words=words,
            due_at=wish.due_at,
            owner_id=by.account_id if wish.mine else None,
            owner=by.name if wish.mine else None,
            set_by=by.name,
            set_at=at,
            snoozed=0,
        )
    )
    db.session.flush()
    _tell(db, "minder.set", minder, by=_actor(by), at=at, due=wish.due_at)
    return minder


def done(db: TenantSession, minder_id: UUID, *, by: Person, at: datetime) -> Minder:
    """Whoever of the desk has done it; pressed twice it is done once."""
    minder = _change(db, minder_id, done_at=at, done_by=by.name)
    if minder is None:
        return db.get(Minder, minder_id)
    _tell(db, "minder.done", minder, by=_actor(by), at=at)
    return minder


def snooze(
    db: TenantSession, minder_id: UUID, length: timedelta, *, by: Person, at: datetime
) -> Minder:
    """Again in so many minutes; who was shown it as overdue sees it as open again."""
    later = {"due_at": at + length, "snoozed": Minder.snoozed + 1, "overdue_at": None}
    minder = _open(db, minder_id, **later)
    _tell(db, "minder.snoozed", minder, by=_actor(by), at=at, due=minder.due_at)
    return minder


def hand_over(
    db: TenantSession,
    minder_id: UUID,
    *,
    to: tuple[UUID, str] | None,
    by: Person,
    at: datetime,
) -> Minder:
    """To a colleague by account and name, or to the whole desk."""
    account_id, name = to or (None, None)
    minder = _open(db, minder_id, owner_id=account_id, owner=name)
    _tell(db, "minder.handed_over", minder, by=_actor(by), at=at, to=name)
    return minder


def mark_overdue(db: TenantSession, *, at: datetime) -> int:
    """Show supervisors what nobody has done in time."""
    late = (
        update(Minder)
        .where(
            Minder.tenant_id == db.tenant_id,
            Minder.done_at.is_(None),
            Minder.overdue_at.is_(None),
            Minder.due_at < at - OVERDUE_AFTER,
        )
        .values(overdue_at=at)
        .returning(Minder)
    )
    found = db.session.scalars(late).all()
    for minder in found:
        _tell(db, "minder.overdue", minder, by=ENGINE, at=at)
    return len(found)


def _check_subject(db: TenantSession, wish: Wish) -> None:
    """What it is about is there, and is this town's."""
    if wish.about_id and wish.about == "ticket":
        db.get(Ticket, wish.about_id)
    elif wish.about_id and wish.about == "call":
        db.get(Call, wish.about_id)


def _change(db: TenantSession, minder_id: UUID, **values: object) -> Minder | None:
    """The row as it is now, or None if it was done already."""
    expected: tuple[ColumnElement[bool], ...] = (
        Minder.tenant_id == db.tenant_id,
        Minder.id == minder_id,
        Minder.done_at.is_(None),
    )
    statement = update(Minder).where(*expected).values(values).returning(Minder)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def _open(db: TenantSession, minder_id: UUID, **values: object) -> Minder:
    """The row as it is now; who comes too late is told so."""
    minder = _change(db, minder_id, **values)
    if minder is None:
        db.get(Minder, minder_id)
        raise MinderDone
    return minder


def _tell(
    db: TenantSession,
    happened: str,
    minder: Minder,
    *,
    by: Actor,
    at: datetime,
    **facts: object,
) -> None:
    """In the timeline of what it is about; what was written stays out of the log."""
    subject = minder.about_id or minder.id
    whose = "desk" if minder.owner_id is None else "own"
    proof.record(db, happened, subject=subject, at=at, actor=by, whose=whose, **facts)
    live.announce(db, "minders")


def _actor(by: Person) -> Actor:
    return Actor("agent", by.name)
