"""A version is told to the agents it touches, and each says once to have read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - a board of many towns

from tenants.models import TownVersion
from tenants.news.models import VersionNews, VersionReceipt
from tenants.town import Town
from townline.db import new_id
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

# What an agent says, asks and looks up for a town. Instructions have receipts of
# their own, and ladders, rosters and senders do their work without anybody reading.
TOUCHING = (
    "name",
    "hours",
    "closures",
    "phrases",
    "life_safety",
    "hand_offs",
    "desk",
    "recording",
    "departments",
    "neighbours",
    "categories",
    "articles",
)
# Whoever comes back after a month asks a colleague, and does not read forty versions.
NEWS_FOR = timedelta(days=30)


def tell_agents(
    db: TenantSession,
    before: TownVersion,
    version: TownVersion,
    *,
    old: Town,
    new: Town,
) -> None:
    """Note a version as news, if it changes anything that agents go by."""
    touched = [e for e in TOUCHING if getattr(old, e) != getattr(new, e)]
    if touched:
        db.add(
            VersionNews(
                number=version.number,
                version_id=version.id,
                before_id=before.id,
                touches=",".join(touched),
                published_at=version.published_at,
            )
        )


def unread_on_board(
    session: Session, account_id: UUID, *, at: datetime
) -> Sequence[VersionNews]:
    """What one agent has still to read, in all the towns of a board; oldest first."""
    read = select(VersionReceipt.id).where(
        VersionReceipt.tenant_id == VersionNews.tenant_id,
        VersionReceipt.number == VersionNews.number,
        VersionReceipt.account_id == account_id,
    )
    waiting = select(VersionNews).where(
        VersionNews.published_at > at - NEWS_FOR, ~read.exists()
    )
    return session.scalars(waiting.order_by(VersionNews.published_at)).all()


def news_of(db: TenantSession, number: int) -> VersionNews | None:
    return db.session.scalar(db.rows(VersionNews).where(VersionNews.number == number))


def mark_read(
    db: TenantSession, number: int, *, account_id: UUID, by: Actor, at: datetime
) -> None:
    """Twice does no harm."""
    if news_of(db, number) is None:
        raise NotFound
    receipt = insert(VersionReceipt).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        number=number,
        account_id=account_id,
        reader=by.name,
        read_at=at,
    )
    db.session.execute(receipt.on_conflict_do_nothing())


def readers_of(db: TenantSession, number: int) -> Sequence[VersionReceipt]:
    theirs = db.rows(VersionReceipt).where(VersionReceipt.number == number)
    return db.session.scalars(theirs.order_by(VersionReceipt.read_at)).all()
