"""A call to one of a town's lines, whether or not it became a ticket."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from calls.rules.dispositions import Disposition
from calls.rules.queueing import NORMAL
from townline.db import Base
from townline.tenancy import TenantOwned

# The exchange that is ours; another telephone system goes by its own name.
TWILIO = "twilio"


class Call(TenantOwned, Base):
    """``caller`` is None for a withheld number, and once an anonymous caller asks.

    ``queued_at`` is when the caller began to wait for a person; None in a menu.

    A claim lasts 45 seconds unless ``connected_at`` is set: an agent whose phone
    never answers does not keep a caller waiting.
    """

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sid"),
        Index("ix_call_caller", "tenant_id", "caller", "arrived_at"),
        Index("ix_call_newest", "tenant_id", "arrived_at"),
        Index(
            "ix_call_live",
            "tenant_id",
            "claimed_by",
            postgresql_where=text("connected_at is not null and ended_at is null"),
        ),
        Index(
            "ix_call_waiting",
            "tenant_id",
            "priority",
            "queued_at",
            postgresql_where=text(
                "queued_at is not null and ended_at is null and connected_at is null"
            ),
        ),
    )

    sid: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(String(16))
    caller: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    provider: Mapped[str] = mapped_column(String(20), server_default=TWILIO)
    arrived_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    priority: Mapped[int] = mapped_column(SmallInteger, server_default=str(NORMAL))
    claimed_by: Mapped[UUID | None]
    claimed_by_name: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    connected_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    disposition: Mapped[Disposition | None] = mapped_column(String(20))
    billable: Mapped[bool | None]
    disposed_at: Mapped[datetime | None]
    disposed_by: Mapped[str | None]
    # Another town's caller: the town it went to, or came from, and nothing else.
    moved_to: Mapped[UUID | None]
    moved_from: Mapped[UUID | None]
    # The category of a question that was answered without a ticket.
    topic: Mapped[str | None] = mapped_column(String(40))
    # A text telephone or a relay service; who interpreted, and how much longer it took.
    tty: Mapped[bool] = mapped_column(server_default=false())
    interpreter: Mapped[str | None]
    interpreter_minutes: Mapped[int | None]
    # On hold since, and how long altogether; who is on the line is in ``call_leg``.
    held_since: Mapped[datetime | None]
    held_seconds: Mapped[int] = mapped_column(server_default="0")
    # The exchange's name for the room in which caller and agent hear one another.
    room: Mapped[str | None] = mapped_column(String(64))
    # We rang them: because the line broke, or because they asked to be called back.
    outbound: Mapped[bool] = mapped_column(server_default=false())
    redial_of: Mapped[UUID | None]
    # When the agent ended it; a line that dies without this is an accident.
    parted_at: Mapped[datetime | None]
