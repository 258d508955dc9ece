"""What carriers report: kept raw once, then applied, in the same transaction.

A report that names nothing we know is kept for a day and joined when it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - whose an attempt is, of all towns

from notify.channels import mail_events, twilio_codes
from notify.models import Attempt, ProviderEvent
from notify.rules.outcomes import JOIN_WITHIN
from notify.rules.receipts import Receipt
from notify.service.learning import learn, locked
from notify.service.optouts import opt_out
from townline.db import new_id
from townline.tenancy import TenantSession

Source = Literal["text_status", "call_status", "mail", "text", "key", "letter"]
BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One callback: ``key`` is the same however often the carrier repeats it."""

    source: Source
    key: str
    attempt_id: UUID | None
    payload: Mapping[str, str]


def receive(db: TenantSession, report: Report, *, at: datetime) -> bool:
    """Keep and apply it; False if it was here before."""
    event = keep(db, report, at=at)
    if event is None:
        return False
    if apply(db, event, at=at):
        event.applied_at = at
    return True


def keep(db: TenantSession, report: Report, *, at: datetime) -> ProviderEvent | None:
    """The new row; None for a report that was kept before."""
    fresh = (
        insert(ProviderEvent)
        .values(
            tenant_id=db.tenant_id,
            id=new_id(),
            source=report.source,
            dedupe_key=report.key,
            attempt_id=report.attempt_id,
            payload=dict(report.payload),
            received_at=at,
            answer="",
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "dedupe_key"])
        .returning(ProviderEvent)
    )
    return db.session.scalar(fresh)


def kept(db: TenantSession, key: str) -> ProviderEvent | None:
    return db.session.scalar(
        db.rows(ProviderEvent).where(ProviderEvent.dedupe_key == key)
    )


def is_elsewhere(session: Session, attempt_id: UUID, tenant_id: UUID) -> bool:
    """Whether another town's attempt is named, as the engine alone can see."""
    owner = session.scalar(select(Attempt.tenant_id).where(Attempt.id == attempt_id))
    return owner not in {None, tenant_id}


def join(db: TenantSession, *, at: datetime) -> int:
    """Apply what named nothing we knew when it came, and does now."""
    statement = (
        db.rows(ProviderEvent)
        .where(
            ProviderEvent.applied_at.is_(None),
            ProviderEvent.received_at > at - JOIN_WITHIN,
            ProviderEvent.attempt_id.in_(
                select(Attempt.id).where(Attempt.tenant_id == db.tenant_id)
            ),
        )
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    joined = 0
    for event in db.session.scalars(statement).all():
        if apply(db, event, at=at):
            event.applied_at = at
            joined += 1
    return joined


def apply(db: TenantSession, event: ProviderEvent, *, at: datetime) -> bool:
    """Learn what it says; False while its attempt is unknown."""
    named = event.attempt_id and db.find(Attempt, event.attempt_id)
    if not named:
        return False
    notification, attempt = locked(db, named.notification_id, named.id)
    payload = event.payload
    if event.source == "mail" and payload.get("event") in mail_events.UNSUBSCRIBES:
        opt_out(db, attempt.theirs, at=at)
    if receipt := _receipt(event.source, payload):
        learn(db, notification, attempt, receipt, at=at, sid=_sid(payload))
    return True


def _receipt(source: str, payload: Mapping[str, str]) -> Receipt | None:
    match source:
        case "text_status":
            error = payload.get("ErrorCode", "")
            return twilio_codes.text_receipt(payload.get("MessageStatus", ""), error)
        case "call_status":
            answered_by = payload.get("AnsweredBy", "")
            return twilio_codes.call_receipt(payload["CallStatus"], answered_by)
        case "mail":
            return mail_events.receipt(payload.get("event", ""))
        case _:
            return None


def _sid(payload: Mapping[str, str]) -> str:
    for name in ("MessageSid", "CallSid", "sg_message_id"):
        if sid := payload.get(name):
            return sid
    return ""
