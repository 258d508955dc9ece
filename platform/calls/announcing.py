"""What a town tells every caller for now, as that the main is being repaired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls.errors import AnnouncementRefused
from calls.returning.models import Announcement
from tenants.town import Text
from townline import live, proof
from townline.proof import Actor
from townline.tenancy import TenantSession


def announce(
    db: TenantSession, words: Text, *, ends_at: datetime, by: Actor, at: datetime
) -> Announcement:
    """Said once to whoever gets in line, until it ends; the latest one counts."""
    if ends_at <= at or not (words.en.strip() or words.fr.strip()):
        raise AnnouncementRefused
    made = db.add(
        Announcement(
            en=words.en.strip(),
            fr=words.fr.strip(),
            starts_at=at,
            ends_at=ends_at,
            by=by.name,
        )
    )
    db.session.flush()
    proof.record(db, "town.announced", subject=made.id, at=at, actor=by, until=ends_at)
    live.announce(db, "calls")
    return made


def silence(db: TenantSession, id: UUID, *, by: Actor, at: datetime) -> None:
    """End it before its time; one that has ended stays as it was."""
    db.get(Announcement, id)
    ended = (
        update(Announcement)
        .where(
            Announcement.tenant_id == db.tenant_id,
            Announcement.id == id,
            Announcement.ends_at > at,
        )
        .values(ends_at=at)
        .returning(Announcement.id)
    )
    if db.session.scalar(ended):
        proof.record(db, "town.announcement_ended", subject=id, at=at, actor=by)
        live.announce(db, "calls")


def running(session: Session, *, at: datetime) -> Sequence[Announcement]:
    """What is being said now in the towns of a board session, the latest first."""
    now = (
        select(Announcement)
        .where(Announcement.starts_at <= at, Announcement.ends_at > at)
        .order_by(Announcement.starts_at.desc())
    )
    return session.scalars(now).all()


def current(db: TenantSession, *, at: datetime) -> Text | None:
    latest = (
        db.rows(Announcement)
        .where(Announcement.starts_at <= at, Announcement.ends_at > at)
        .order_by(Announcement.starts_at.desc())
        .limit(1)
    )
    found = db.session.scalar(latest)
    return Text(en=found.en, fr=found.fr) if found else None
