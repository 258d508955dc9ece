"""Every look at who a resident is: who looked, at whom, from which page, and when.

A look is no part of what happened to a ticket, so it stands beside the log and not in
it; like the log, it is only ever added to.

It is a look when a resident's name or number is shown in clear, or their voice played,
to one known person: on a page of one ticket or call each time it is opened, on a list
that redraws itself, or a page behind a link, once in a quarter of an hour. The holder
of a relay's link is that person; a mail filter that opens the link looks in their name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base, new_id
from townline.proof import Actor
from townline.tenancy import TenantOwned, TenantSession

# What was looked at, and so what ``subject_id`` names.
Subject = Literal["ticket", "call", "call_back", "task", "message"]
# From where: the desk, the town's pages, the link in a relay, a program with a key, or
# a file taken away.
Door = Literal["desk", "portal", "crew", "key", "file"]
# Who sits before a list that redraws itself looks on; after that they look again.
SAME_LOOK = timedelta(minutes=15)


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


def looked_at_each(
    db: TenantSession, several: Sequence[Seen], *, door: Door, by: Actor, at: datetime
) -> None:
    """As ``looked``, for a list: nobody is kept twice within the same look."""
    ids = [each.subject_id for each in several if each.residents]
    lately = select(IdentityLook.subject_id).where(
        IdentityLook.tenant_id == db.tenant_id,
        IdentityLook.subject_id.in_(ids),
        IdentityLook.actor == str(by),
        IdentityLook.door == door,
        IdentityLook.at > at - SAME_LOOK,
    )
    known = {*db.session.scalars(lately)} if ids else set[UUID]()
    new = {each.subject_id: each for each in several if each.residents}
    rows = [
        {
            "tenant_id": db.tenant_id,
            "id": new_id(),
            "at": at,
            "actor": str(by),
            "door": door,
            "subject": each.subject,
            "subject_id": subject_id,
            "residents": each.residents,
        }
        for subject_id, each in new.items()
        if subject_id not in known
    ]
    if rows:
        db.session.execute(insert(IdentityLook), rows)


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
