"""Every look at who a resident is: who looked, at whom, from which page, and when.

A look is no part of what happened to a ticket, so it stands beside the log and not in
it; like the log, it is only ever added to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.proof import Actor
from townline.tenancy import TenantOwned, TenantSession

# What was looked at, and so what ``subject_id`` names.
Subject = Literal["ticket", "call", "call_back", "task", "message"]
# From where: the desk, the town's pages, a program with a key, or a file taken away.
Door = Literal["desk", "portal", "key", "file"]


class IdentityLook(TenantOwned, Base):
    """Somebody was shown who a resident is."""

    __tablename__ = "identity_look"
    __table_args__ = (
        Index("ix_identity_look_at", "tenant_id", "at", "id"),
        Index("ix_identity_look_subject", "tenant_id", "subject_id", "at"),
        Index("ix_identity_look_actor", "tenant_id", "actor", "at"),
    )

    at: Mapped[datetime]
    actor: Mapped[str]
    door: Mapped[Door] = mapped_column(String(8))
    subject: Mapped[Subject] = mapped_column(String(12))
    subject_id: Mapped[UUID]
    residents: Mapped[int]


class Seen(Struct, frozen=True):
    """What was shown, and how many people it tells of by name or number."""

    subject: Subject
    subject_id: UUID
    residents: int = 1


def looked(
    db: TenantSession, seen: Seen, *, door: Door, by: Actor, at: datetime
) -> None:
    """Keep that they were shown, in the transaction that shows them; if anybody was."""
    if seen.residents:
        look = IdentityLook(
            at=at,
            actor=str(by),
            door=door,
            subject=seen.subject,
            subject_id=seen.subject_id,
            residents=seen.residents,
        )
        db.add(look)


def looks(
    db: TenantSession,
    *,
    before: datetime,
    limit: int,
    actor: str = "",
    subject_id: UUID | None = None,
) -> Sequence[IdentityLook]:
    """The newest first, of one person or at one thing if so asked."""
    statement = db.rows(IdentityLook).where(IdentityLook.at < before)
    if actor:
        statement = statement.where(IdentityLook.actor == actor)
    if subject_id:
        statement = statement.where(IdentityLook.subject_id == subject_id)
    newest = statement.order_by(IdentityLook.at.desc(), IdentityLook.id.desc())
    return db.session.scalars(newest.limit(limit)).all()
