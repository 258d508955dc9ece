"""Secret addresses for calendars: given, shown once, read, and revoked at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Literal
from uuid import UUID

from msgspec import Struct

from tenants.duty.models import RosterFeed
from tenants.town import Key
from townline import proof
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

Of = Literal["roster", "contact"]


class NoSuchFeed(NotFound):
    """This calendar's address was revoked or never given; ask for another."""


class Calendar(Struct, frozen=True):
    """One roster's, or one contact's over all rosters, in the reader's language."""

    kind: Of
    key: Key
    language: str


class Given(Struct, frozen=True):
    """The feed, and the secret of its address, which is kept nowhere."""

    feed: RosterFeed
    token: str


def give(
    db: TenantSession,
    calendar: Calendar,
    *,
    account_id: UUID,
    by: Actor,
    at: datetime,
) -> Given:
    token = token_urlsafe(24)
    feed = db.add(
        RosterFeed(
            kind=calendar.kind,
            key=calendar.key,
            language=calendar.language,
            digest=_digest(token),
            account_id=account_id,
            given_by=by.name,
            given_at=at,
        )
    )
    db.session.flush()
    facts = {"kind": feed.kind, "key": feed.key}
    proof.record(db, "calendar.given", subject=feed.id, at=at, actor=by, **facts)
    return Given(feed, token)


def feeds(db: TenantSession) -> Sequence[RosterFeed]:
    """Those that can be read, the newest first."""
    readable = db.rows(RosterFeed).where(RosterFeed.revoked_at.is_(None))
    return db.session.scalars(readable.order_by(RosterFeed.given_at.desc())).all()


def feed_of(db: TenantSession, token: str) -> RosterFeed:
    """What an address opens, or NoSuchFeed."""
    mine = db.rows(RosterFeed).where(RosterFeed.digest == _digest(token))
    found = db.session.scalar(mine.where(RosterFeed.revoked_at.is_(None)))
    if found is None:
        raise NoSuchFeed
    return found


def revoke(db: TenantSession, feed_id: UUID, *, by: Actor, at: datetime) -> None:
    """Revoked twice it is revoked once."""
    feed = db.get(RosterFeed, feed_id, lock=True)
    if feed.revoked_at is None:
        feed.revoked_at, feed.revoked_by = at, by.name
        facts = {"kind": feed.kind, "key": feed.key}
        proof.record(db, "calendar.revoked", subject=feed.id, at=at, actor=by, **facts)


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
