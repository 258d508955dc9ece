"""The tables of sending: promises, the intents that keep them, and what came back.

A ``Notification`` is promised once a key, whatever restarts. Each try to keep it is
an ``Attempt``, committed before any carrier hears of it. What carriers report is
kept raw in ``ProviderEvent`` and folded into the attempt it names.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from notify.message import Channel, HeldFor, Purpose, RecipientKind
from notify.rules.routing import Provider
from townline.db import Base
from townline.tenancy import TenantOwned

NotificationState = Literal[
    "pending",  # waits for its time, or for another try
    "held",  # the same, by a rule: ``held_for`` says which
    "sending",  # an intent is committed and a worker holds the lease
    "merged",  # its words are in another's message; what becomes of that is its own
    "ambiguous",  # nobody knows whether the carrier took it; being reconciled
    "accepted",  # the carrier has it and gave its number
    "sent",
    "delivered",
    "answered",  # a human said yes or no: what no receipt ever means
    "undelivered",  # the carrier took it and could not reach anybody
    "failed",  # refused for good
    "suppressed",  # the destination had opted out
    "cancelled",  # somebody accepted, or the ticket was closed
    "expired",
]
WAITING: tuple[NotificationState, ...] = ("pending", "held")
# Spelled out, as in the indexes: a plan that is kept for any parameters knows only so
# that it may use them.
IS_WAITING = text("notification.state in ('pending', 'held')")


class Fence(TenantOwned, Base):
    """A group of notifications that one act stops; its id is the run's.

    Intents are written only while they hold this row ``FOR SHARE``, so that none can
    commit after the act that raised the epoch has.
    """

    __tablename__ = "fence"
    __table_args__ = (
        # A group whose run has ended must be closed: the auditor looks at open ones.
        Index(
            "ix_fence_open",
            "tenant_id",
            "id",
            postgresql_where=text("closed_at is null"),
        ),
    )

    epoch: Mapped[int]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str]  # a person's name, said to whoever answers too late


class Notification(TenantOwned, Base):
    """A promise to say one thing to one person over one channel."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        ForeignKeyConstraint(
            ["tenant_id", "fence_id"], ["fence.tenant_id", "fence.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "carried_by"],
            ["notification.tenant_id", "notification.id"],
            name="fk_notification_carried_by",
        ),
        Index(
            "ix_notification_due",
            "tenant_id",
            "lane",
            "due_at",
            postgresql_where=text("state in ('pending', 'held')"),
        ),
        # The sweep sees every town, and must not read what waits in each.
        Index(
            "ix_notification_due_everywhere",
            "lane",
            "due_at",
            "tenant_id",
            postgresql_where=text("state in ('pending', 'held')"),
        ),
        Index(
            "ix_notification_unsettled",
            "tenant_id",
            "state",
            "look_at",
            postgresql_where=text("state in ('sending', 'ambiguous')"),
        ),
        Index(
            "ix_notification_merged",
            "tenant_id",
            "promised_at",
            postgresql_where=text("state = 'merged'"),
        ),
        Index("ix_notification_fence", "tenant_id", "fence_id"),
        Index("ix_notification_subject", "tenant_id", "subject_id"),
        Index("ix_notification_destination", "tenant_id", "destination"),
    )

    key: Mapped[str]
    purpose: Mapped[Purpose] = mapped_column(String(12))
    recipient_kind: Mapped[RecipientKind] = mapped_column(String(12))
    recipient_key: Mapped[str]
    recipient_name: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[Channel] = mapped_column(String(8))
    destination: Mapped[str]
    template: Mapped[str]
    context: Mapped[dict[str, Any]] = mapped_column(JSONB)
    subject_id: Mapped[UUID]
    fence_id: Mapped[UUID | None]
    epoch: Mapped[int]
    level: Mapped[int] = mapped_column(SmallInteger)
    lane: Mapped[int] = mapped_column(SmallInteger)
    wants_code: Mapped[bool]
    code: Mapped[str | None] = mapped_column(String(4))
    promised_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[NotificationState] = mapped_column(String(12))
    why: Mapped[str]  # what ended it, in a word: voicemail, opted_out, 30006
    held_for: Mapped[HeldFor] = mapped_column(String(8), default="")  # the last time
    carried_by: Mapped[UUID | None]  # whose message has its words too
    tries: Mapped[int] = mapped_column(SmallInteger)
    # Each claim takes the next number; a worker that wakes with an older one is late.
    lease: Mapped[int]
    holder: Mapped[int | None] = mapped_column(BigInteger)
    # When a lease runs out, or an ambiguity is to be looked into again.
    look_at: Mapped[datetime | None]


class Attempt(TenantOwned, Base):
    """One intent to reach one destination, with the exact words it carried.

    Its id is in the address the carrier calls back; its ``token`` is in the words.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("tenant_id", "notification_id", "number"),
        UniqueConstraint("tenant_id", "token"),
        ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notification.tenant_id", "notification.id"],
        ),
        Index("ix_attempt_sid", "tenant_id", "sid"),
        Index(
            "ix_attempt_ask_at",
            "tenant_id",
            "ask_at",
            postgresql_where=text("ask_at is not null"),
        ),
    )

    notification_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Channel] = mapped_column(String(8))
    # A worker of the release before names none; it knows only the first of them.
    provider: Mapped[Provider] = mapped_column(String(12), server_default="twilio")
    ours: Mapped[str]
    theirs: Mapped[str]
    token: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str]  # of a letter; empty elsewhere
    body: Mapped[str]
    segments: Mapped[int] = mapped_column(SmallInteger)
    intended_at: Mapped[datetime]
    sid: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(12))  # folded by rank: rules.receipts
    error: Mapped[str]
    status_at: Mapped[datetime]
    # When to ask the carrier what became of it, if it has not said by then.
    ask_at: Mapped[datetime | None]
    # How many other tickets its words list: ``notify.sharing.Carried``.
    carries: Mapped[int] = mapped_column(SmallInteger, default=0)


class HangUp(TenantOwned, Base):
    """A call that must end because somebody else accepted; a worker sees to it."""

    __tablename__ = "hang_up"
    __table_args__ = (
        UniqueConstraint("tenant_id", "attempt_id"),
        ForeignKeyConstraint(
            ["tenant_id", "attempt_id"], ["attempt.tenant_id", "attempt.id"]
        ),
        Index(
            "ix_hang_up_waiting",
            "tenant_id",
            "asked_at",
            postgresql_where=text("done_at is null"),
        ),
    )

    attempt_id: Mapped[UUID]
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class ReplyCode(TenantOwned, Base):
    """Two or three digits, four on a crowded phone, that mean one ticket to it.

    Unique for each phone, from whichever of the town's numbers it was written to: a
    Messaging Service chooses among them, and a second sender stands in. Taken again no
    sooner than 7 days after it was retired, so that a late answer never reaches
    another ticket.
    """

    __tablename__ = "reply_code"
    __table_args__ = (
        UniqueConstraint("tenant_id", "theirs", "code"),
        # For workers of the release before, who knew one number a town.
        UniqueConstraint("tenant_id", "ours", "theirs", "code"),
        ForeignKeyConstraint(
            ["tenant_id", "fence_id"], ["fence.tenant_id", "fence.id"]
        ),
        Index("ix_reply_code_fence", "tenant_id", "fence_id"),
    )

    ours: Mapped[str]
    theirs: Mapped[str]
    code: Mapped[str] = mapped_column(String(4))
    fence_id: Mapped[UUID]
    notification_id: Mapped[UUID]
    given_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class OptOut(TenantOwned, Base):
    """A destination that this town, and no other, may not write to any more."""

    __tablename__ = "opt_out"
    __table_args__ = (UniqueConstraint("tenant_id", "destination"),)

    destination: Mapped[str]
    at: Mapped[datetime]


class ProviderEvent(TenantOwned, Base):
    """What a carrier told us, raw and once, and what we answered.

    ``attempt_id`` has no foreign key: a report may name what we do not know yet.
    """

    __tablename__ = "provider_event"
    __table_args__ = (
        UniqueConstraint("tenant_id", "dedupe_key"),
        Index(
            "ix_provider_event_unapplied",
            "tenant_id",
            "received_at",
            postgresql_where=text("applied_at is null"),
        ),
    )

    source: Mapped[str] = mapped_column(String(16))
    dedupe_key: Mapped[str]
    attempt_id: Mapped[UUID | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    answer: Mapped[str]
