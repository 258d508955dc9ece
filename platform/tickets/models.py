"""A ticket, whoever asked for it, and what was done; its history is in the log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tickets.rules.people import Shown, shown
from tickets.terms import (
    Audience,
    Channel,
    Confidence,
    Identity,
    PlaceKind,
    Reason,
    Step,
    TellBy,
    Viewer,
)
from townline.db import Base
from townline.tenancy import TenantOwned


def _of_a_ticket() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
    )


class Ticket(TenantOwned, Base):
    """Something a resident asked for, and what they were promised.

    ``client_key`` is made where the ticket is typed: sent again, it finds the ticket
    that the first sending made. The place is the problem's, never the caller's home.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("tenant_id", "tracking"),
        UniqueConstraint("tenant_id", "client_key"),
        ForeignKeyConstraint(
            ["tenant_id", "parent_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        Index(
            "ix_ticket_parent",
            "tenant_id",
            "parent_id",
            postgresql_where=text("parent_id is not null"),
        ),
        # With all that a list may be narrowed by: however rare what is asked for,
        # no ticket is read but those that are shown.
        Index(
            "ix_ticket_newest",
            "tenant_id",
            "opened_at",
            "id",
            postgresql_include=[
                "category",
                "department",
                "level",
                "channel",
                "promised_at",
                "closed_at",
            ],
        ),
        Index("ix_ticket_call", "tenant_id", "call_id"),
        Index("ix_ticket_near", "tenant_id", "cell", "opened_at", "category"),
        Index(
            "ix_ticket_open",
            "tenant_id",
            "opened_at",
            "id",
            postgresql_where=text("closed_at is null"),
        ),
    )

    tracking: Mapped[str] = mapped_column(String(20))
    client_key: Mapped[UUID]
    version_id: Mapped[UUID]
    category: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(12))
    level: Mapped[int]
    department: Mapped[str] = mapped_column(String(40))
    channel: Mapped[Channel] = mapped_column(String(8))
    call_id: Mapped[UUID | None]
    # The first ticket of the same call: its number is the caller's for all of them.
    parent_id: Mapped[UUID | None]
    language: Mapped[str] = mapped_column(String(2))
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    # When the caller agreed to what the agent read back: the first thing asked for
    # in a dispute. None where nobody could read anything back.
    read_back_at: Mapped[datetime | None]
    place: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place_kind: Mapped[PlaceKind] = mapped_column(
        String(12), server_default="described"
    )
    location_confidence: Mapped[Confidence] = mapped_column(
        String(9), server_default="described"
    )
    # Of the grid of ``duplicates``; None where there is no point.
    cell: Mapped[int | None] = mapped_column(BigInteger)
    # The number on the pole or the hydrant.
    asset: Mapped[str | None] = mapped_column(String(40))
    directions: Mapped[str]
    words: Mapped[str]
    answers: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    promised_at: Mapped[datetime]
    promise: Mapped[str]
    closed_at: Mapped[datetime | None]


class Reporter(TenantOwned, Base):
    """One resident who asked for it; a ticket has as many as called about it.

    Of an anonymous one only the row itself is kept, so that callers can be counted.
    """

    __tablename__ = "reporter"
    __table_args__ = (
        _of_a_ticket(),
        UniqueConstraint("tenant_id", "client_key"),
        UniqueConstraint("tenant_id", "lookup"),
        Index("ix_reporter_ticket", "tenant_id", "ticket_id"),
        Index("ix_reporter_phone", "tenant_id", "phone"),
    )

    ticket_id: Mapped[UUID]
    client_key: Mapped[UUID]
    identity: Mapped[Identity] = mapped_column(String(12))
    name: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(String(16))
    email: Mapped[str | None]
    # Their own address: the problem is somewhere else, as often as not.
    address: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2))
    tell_by: Mapped[TellBy] = mapped_column(String(5))
    # Only an anonymous caller's: by it they ask how it stands, and nobody is named.
    lookup: Mapped[str | None] = mapped_column(String(16))
    joined_at: Mapped[datetime]
    # What a further caller was told; the first one's promise is the ticket's.
    promised_at: Mapped[datetime | None]
    promise: Mapped[str | None]

    def shown_to(self, viewer: Viewer) -> Shown:
        """What ``viewer`` may know of them; the one way any page reads a reporter."""
        return shown(
            self.identity,
            Shown(self.name, self.phone, self.email, self.address),
            viewer=viewer,
        )


class Note(TenantOwned, Base):
    __tablename__ = "note"
    __table_args__ = (
        _of_a_ticket(),
        Index("ix_note_ticket", "tenant_id", "ticket_id", "at"),
    )

    ticket_id: Mapped[UUID]
    audience: Mapped[Audience] = mapped_column(String(8))
    author: Mapped[str]
    at: Mapped[datetime]
    body: Mapped[str]


class Photo(TenantOwned, Base):
    """A picture without its camera's secrets; the body is loaded only when shown."""

    __tablename__ = "photo"
    __table_args__ = (
        _of_a_ticket(),
        # The same picture sent twice over a bad connection is one picture.
        UniqueConstraint("tenant_id", "ticket_id", "digest"),
    )

    ticket_id: Mapped[UUID]
    audience: Mapped[Audience] = mapped_column(String(8))
    author: Mapped[str]
    at: Mapped[datetime]
    media_type: Mapped[str] = mapped_column(String(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Milestone(TenantOwned, Base):
    """A crew's word that they are on the way, on site, or done: once each."""

    __tablename__ = "milestone"
    __table_args__ = (
        _of_a_ticket(),
        UniqueConstraint("tenant_id", "ticket_id", "kind"),
    )

    ticket_id: Mapped[UUID]
    kind: Mapped[Step] = mapped_column(String(10))
    by: Mapped[str]
    at: Mapped[datetime]


class Closure(TenantOwned, Base):
    """Why a ticket is no longer open; there is one, whoever comes second."""

    __tablename__ = "closure"
    __table_args__ = (
        _of_a_ticket(),
        UniqueConstraint("tenant_id", "ticket_id"),
        # What was closed today is asked whenever somebody opens the town's first page.
        Index("ix_closure_at", "tenant_id", "at"),
    )

    ticket_id: Mapped[UUID]
    reason: Mapped[Reason] = mapped_column(String(16))
    note: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
