"""One act on many tickets: each by itself, so that what is refused stops no other.

What is asked is written down first; a worker does it, ticket by ticket, and writes
beside each that it is done or why not. Doing it is not this capability's affair.
Stopped, what is done stays done; the rest is left as it is, and never begun again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tickets.models import Ticket
from townline.db import Base, new_id
from townline.proof import Actor
from townline.tenancy import TenantOwned, TenantSession

Act = Literal["assign", "note", "level", "close"]
# Longer lists are several acts: each of these can be looked over by a person.
MOST_AT_ONCE = 500


class BulkAct(TenantOwned, Base):
    """What somebody asked for; ``asked`` has the fields of the act's own form."""

    __tablename__ = "bulk_act"

    act: Mapped[Act] = mapped_column(String(8))
    asked: Mapped[dict[str, str]] = mapped_column(JSONB)
    account_id: Mapped[UUID]
    by: Mapped[str]
    at: Mapped[datetime]


class BulkItem(TenantOwned, Base):
    """One of its tickets; ``refused`` is the sentence that says why it was not done.

    ``left_at`` is when the act was stopped before its turn had come.
    """

    __tablename__ = "bulk_item"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "bulk_id"], ["bulk_act.tenant_id", "bulk_act.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        Index("ix_bulk_item_act", "tenant_id", "bulk_id", "id"),
        Index(
            "ix_bulk_item_waiting",
            "tenant_id",
            "id",
            postgresql_where=text("done_at is null and left_at is null"),
        ),
    )

    bulk_id: Mapped[UUID]
    ticket_id: Mapped[UUID]
    done_at: Mapped[datetime | None]
    refused: Mapped[str | None]
    left_at: Mapped[datetime | None]


class BulkStop(TenantOwned, Base):
    """Who stopped an act while some of its tickets still waited."""

    __tablename__ = "bulk_stop"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "bulk_id"], ["bulk_act.tenant_id", "bulk_act.id"]
        ),
        UniqueConstraint("tenant_id", "bulk_id"),
    )

    bulk_id: Mapped[UUID]
    by: Mapped[str]
    at: Mapped[datetime]


WAITS = BulkItem.done_at.is_(None) & BulkItem.left_at.is_(None)


class Progress(Struct, frozen=True, kw_only=True):
    """How far it is; ``refused`` has numbers and reasons, as they were tried.

    ``left`` were not begun, since somebody stopped it.
    """

    act: Act
    by: str
    at: datetime
    number: int
    tried: int
    left: int
    stop: BulkStop | None
    refused: Sequence[tuple[str, str]]

    @property
    def done(self) -> int:
        return self.tried - len(self.refused)

    @property
    def is_over(self) -> bool:
        return self.tried + self.left == self.number


def begin(
    db: TenantSession,
    act: Act,
    asked: Mapping[str, str],
    *,
    ticket_ids: Sequence[UUID],
    by: tuple[UUID, Actor],
    at: datetime,
) -> BulkAct:
    """Write down what is to be done to each; ``by`` is an account and its name."""
    account_id, actor = by
    bulk = db.add(
        BulkAct(act=act, asked=dict(asked), account_id=account_id, by=actor.name, at=at)
    )
    db.session.flush()
    items = [
        {
            "tenant_id": db.tenant_id,
            "id": new_id(),
            "bulk_id": bulk.id,
            "ticket_id": each,
        }
        for each in ticket_ids[:MOST_AT_ONCE]
    ]
    if items:
        db.session.execute(insert(BulkItem), items)
    return bulk


def next_item(db: TenantSession) -> BulkItem | None:
    """One that waits, for this transaction alone."""
    waiting = db.rows(BulkItem).where(WAITS)
    first = waiting.order_by(BulkItem.id).limit(1)
    return db.session.scalar(first.with_for_update(skip_locked=True))


def refuse(db: TenantSession, item_id: UUID, why: str, *, at: datetime) -> None:
    item = db.get(BulkItem, item_id, lock=True)
    if item.done_at is None and item.left_at is None:
        item.done_at, item.refused = at, why


def stop(db: TenantSession, bulk: BulkAct, *, by: Actor, at: datetime) -> None:
    """Leave what still waits; of an act that is over, or stopped, nothing does.

    The one that is being done at this instant is waited for, and is done.
    """
    waiting = (BulkItem.tenant_id == db.tenant_id, BulkItem.bulk_id == bulk.id, WAITS)
    left = update(BulkItem).where(*waiting).values(left_at=at).returning(BulkItem.id)
    if db.session.scalars(left).all():
        db.add(BulkStop(bulk_id=bulk.id, by=by.name, at=at))


def progress(db: TenantSession, bulk: BulkAct) -> Progress:
    its = BulkItem.tenant_id == db.tenant_id, BulkItem.bulk_id == bulk.id
    counted = select(
        func.count(), func.count(BulkItem.done_at), func.count(BulkItem.left_at)
    ).where(*its)
    number, tried, left = db.session.execute(counted).one()
    same = (Ticket.tenant_id == BulkItem.tenant_id) & (Ticket.id == BulkItem.ticket_id)
    refused = (
        select(Ticket.tracking, BulkItem.refused)
        .join(Ticket, same)
        .where(*its, BulkItem.refused.is_not(None), Ticket.tenant_id == db.tenant_id)
        .order_by(BulkItem.id)
    )
    return Progress(
        act=bulk.act,
        by=bulk.by,
        at=bulk.at,
        number=number,
        tried=tried,
        left=left,
        stop=db.session.scalar(db.rows(BulkStop).where(BulkStop.bulk_id == bulk.id)),
        refused=[(row[0], row[1] or "") for row in db.session.execute(refused)],
    )
