"""What a town knows is going on, and who called about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tickets.rules.people import Shown, shown
from tickets.terms import Identity, TellBy, Viewer
from townline.db import Base
from townline.tenancy import TenantOwned


class KnownEvent(TenantOwned, Base):
    """A main break, an outage, a closed road: said to every caller whom it concerns.

    ``title``, ``say`` and ``ending`` map a language to words. Without a point and a
    polygon it concerns the whole town; without categories, every call from there.
    """

    __tablename__ = "known_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        UniqueConstraint("tenant_id", "client_key"),
        Index(
            "ix_known_event_open",
            "tenant_id",
            "starts_at",
            postgresql_where=text("ended_at is null"),
        ),
    )

    client_key: Mapped[UUID]
    title: Mapped[dict[str, str]] = mapped_column(JSONB)
    say: Mapped[dict[str, str]] = mapped_column(JSONB)
    ending: Mapped[dict[str, str]] = mapped_column(JSONB)
    categories: Mapped[list[str]] = mapped_column(JSONB)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    radius: Mapped[float | None]
    polygon: Mapped[list[list[float]]] = mapped_column(JSONB)
    starts_at: Mapped[datetime]
    expected_end: Mapped[datetime | None]
    ticket_id: Mapped[UUID | None]
    author: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class EventCaller(TenantOwned, Base):
    """A resident who called about it. Where the event belongs to a ticket they are its
    reporter, and everything personal is kept there; of an anonymous one, nothing is."""

    __tablename__ = "event_caller"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "event_id"], ["known_event.tenant_id", "known_event.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "reporter_id"], ["reporter.tenant_id", "reporter.id"]
        ),
        UniqueConstraint("tenant_id", "client_key"),
        Index("ix_event_caller_event", "tenant_id", "event_id"),
    )

    event_id: Mapped[UUID]
    client_key: Mapped[UUID]
    reporter_id: Mapped[UUID | None]
    call_id: Mapped[UUID | None]
    identity: Mapped[Identity] = mapped_column(String(12))
    name: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(String(16))
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2))
    tell_by: Mapped[TellBy] = mapped_column(String(5))
    joined_at: Mapped[datetime]

    def shown_to(self, viewer: Viewer) -> Shown:
        return shown(
            self.identity, Shown(self.name, self.phone, self.email), viewer=viewer
        )
