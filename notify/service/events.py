"""What carriers report: kept raw once, answered, and applied afterwards.

Receipts fold, so their order and their repetition do not matter, and a row may be
applied again at will. One that names nothing we know is kept for a day and joined
when it does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select, text
from sqlalchemy.orm import Session  # noqa: TID251 - whose an attempt is, of all towns

from notify.channels import mail_events, twilio_codes
from notify.models import Attempt, Notification, ProviderEvent
from notify.rules.outcomes import JOIN_WITHIN
from notify.rules.receipts import Receipt
from notify.service.learning import learn, locked_together
from notify.service.optouts import opt_out
from townline.db import new_id
from townline.tenancy import TenantSession

Source = Literal[
    "text_status", "call_status", "mail", "text", "key", "crew_key", "letter"
]
RECEIPTS: tuple[Source, ...] = ("text_status", "call_status", "mail")
BATCH = 100
# Workers listen here; whoever misses the hint looks a second later.
CHANNEL = "townline_reports"

KEEP = text(
    """
    insert into provider_event
      (tenant_id, id, source, dedupe_key, attempt_id, payload, received_at, answer)
    select :tenant, id, source, key, attempt_id, payload, :at, ''
    from jsonb_to_recordset(cast(:reports as jsonb))
      as report (id uuid, source text, key text, attempt_id uuid, payload jsonb)
    on conflict (tenant_id, dedupe_key) do nothing
    """
)
KNOWN = text("select id from attempt where tenant_id = :tenant and id = any(:ids)")
HINT = text("select pg_notify(:channel, '')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One callback: ``key`` is the same however often the carrier repeats it."""

    source: Source
    key: str
    attempt_id: UUID | None
    payload: Mapping[str, str]


def receive(db: TenantSession, report: Report, *, at: datetime) -> bool:
    """Keep it and apply it at once; False if it was applied before, or cannot be."""
    keep(db, [report], at=at)
    return join(db, ProviderEvent.dedupe_key == report.key, at=at) == 1


def keep(db: TenantSession, reports: Sequence[Report], *, at: datetime) -> None:
    """All in one statement; those that were kept before stay as they are."""
    asked = {"tenant": db.tenant_id, "at": at, "reports": encoded(reports)}
    db.session.execute(KEEP, asked)


def encoded(reports: Sequence[Report]) -> str:
    """As the rows that ``KEEP`` makes of them, each with an id of its own."""
    rows = [
        {
            "id": new_id(),
            "source": each.source,
            "key": each.key,
            "attempt_id": each.attempt_id,
            "payload": each.payload,
        }
        for each in reports
    ]
    return msgspec.json.encode(rows).decode()


def kept(db: TenantSession, key: str, *, lock: bool = False) -> ProviderEvent | None:
    statement = db.rows(ProviderEvent).where(ProviderEvent.dedupe_key == key)
    if lock:
        statement = statement.with_for_update().execution_options(
            populate_existing=True
        )
    return db.session.scalar(statement)


def hint(db: TenantSession) -> None:
    """Wake the workers when this commits."""
    db.session.execute(HINT, {"channel": CHANNEL})


def unknown(db: TenantSession, attempt_ids: Collection[UUID]) -> set[UUID]:
    """Those of which this town has no attempt, at least not yet."""
    asked = {"tenant": db.tenant_id, "ids": list(attempt_ids)}
    return set(attempt_ids) - set(db.session.execute(KNOWN, asked).scalars())


def elsewhere(session: Session, attempt_ids: Collection[UUID]) -> set[UUID]:
    """Those that are any town's, as the engine alone can see."""
    return set(session.scalars(select(Attempt.id).where(Attempt.id.in_(attempt_ids))))


def unapplied(db: TenantSession, *, at: datetime) -> Sequence[UUID]:
    """The receipts that wait and name an attempt we know, the oldest first."""
    statement = (
        select(ProviderEvent.id)
        .where(*_waiting(db, at=at))
        .order_by(ProviderEvent.received_at)
        .limit(BATCH)
    )
    return db.session.scalars(statement).all()


def join(
    db: TenantSession, *which: ColumnElement[bool], at: datetime, limit: int = BATCH
) -> int:
    """Apply what waits and names an attempt we know; how many were."""
    statement = (
        db.rows(ProviderEvent)
        .where(*_waiting(db, at=at), *which)
        .order_by(ProviderEvent.received_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    waiting = db.session.scalars(statement).all()
    if waiting:
        apply(db, waiting, at=at)
    return len(waiting)


def apply(db: TenantSession, reports: Sequence[ProviderEvent], *, at: datetime) -> None:
    """Learn what they say. What they name is locked together, as others lock it."""
    named = select(Attempt.id, Attempt.notification_id).where(
        Attempt.tenant_id == db.tenant_id,
        Attempt.id.in_({each.attempt_id for each in reports}),
    )
    found = {id: promised for id, promised in db.session.execute(named)}
    rows = locked_together(db, found)
    for each in reports:
        if each.attempt_id and each.attempt_id in rows:
            _apply(db, each, *rows[each.attempt_id], at=at)


def _apply(
    db: TenantSession,
    event: ProviderEvent,
    notification: Notification,
    attempt: Attempt,
    *,
    at: datetime,
) -> None:
    payload = event.payload
    unsubscribes = payload.get("event") in mail_events.UNSUBSCRIBES
    # Applied again it must not undo that they have come back since.
    if event.source == "mail" and unsubscribes and event.applied_at is None:
        opt_out(db, attempt.theirs, at=at)
    if receipt := _receipt(event.source, payload):
        learn(db, notification, attempt, receipt, at=at, sid=_sid(payload))
    event.applied_at = event.applied_at or at


def _waiting(db: TenantSession, *, at: datetime) -> tuple[ColumnElement[bool], ...]:
    known = select(Attempt.id).where(Attempt.tenant_id == db.tenant_id)
    return (
        ProviderEvent.tenant_id == db.tenant_id,
        ProviderEvent.source.in_(RECEIPTS),
        ProviderEvent.applied_at.is_(None),
        ProviderEvent.received_at > at - JOIN_WITHIN,
        ProviderEvent.attempt_id.in_(known),
    )


def _receipt(source: str, payload: Mapping[str, str]) -> Receipt | None:
    match source:
        case "text_status":
            error = payload.get("ErrorCode", "")
            return twilio_codes.text_receipt(payload.get("MessageStatus", ""), error)
        case "call_status":
            answered_by = payload.get("AnsweredBy", "")
            status = payload.get("CallStatus", "")
            return twilio_codes.call_receipt(status, answered_by)
        case "mail":
            return mail_events.receipt(payload.get("event", ""))
        case _:
            return None


def _sid(payload: Mapping[str, str]) -> str:
    for name in ("MessageSid", "CallSid", "sg_message_id"):
        if sid := payload.get(name):
            return sid
    return ""
