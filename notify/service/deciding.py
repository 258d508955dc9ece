"""What a person says is kept first, and then decided once, by whoever is first at it.

The web decides at once, because somebody waits for the answer. What it could not, for
a lock that was held or a database that was slow, a worker decides, and sends the
answer after whoever said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

import tenants
from notify import phrases
from notify.links import NoSuchLink
from notify.message import Answer, Channel, Message, Recipient
from notify.models import Attempt, Notification, ProviderEvent, ReplyCode
from notify.rules import replies, texts
from notify.rules.outcomes import JOIN_WITHIN
from notify.service import events
from notify.service.answers import answer, press, press_about
from notify.service.carrying import meant
from notify.service.events import Source
from notify.service.hearing import IncomingText, hear
from notify.service.promises import promise
from townline.errors import NotFound, Problem
from townline.i18n import speaking
from townline.tenancy import TenantSession

SPOKEN: tuple[Source, ...] = ("text", "key", "crew_key", "letter")
# By then whoever was on the line has been put through to the desk.
LATE = timedelta(seconds=20)
BATCH = 20
# How what was kept and not decided begins, where its answer would be.
SET_ASIDE = "set aside: "


def settle(db: TenantSession, key: str, *, at: datetime) -> str:
    """What to say back; nothing when all is to be said again.

    What was answered the first time is answered every time.
    """
    event = events.kept(db, key, lock=True)
    if event is None:
        raise NotFound
    if event.applied_at is None:
        event.answer = _decide(db, event, at=at)
        event.applied_at = at
        if event.source == "letter":
            # Nobody waits on a line: the answer is a letter too.
            _send_after(db, event, at=at)
    return event.answer


def set_aside(db: TenantSession, key: str, why: str, *, at: datetime) -> None:
    """Kept to be looked at by a person; nobody decides it any more."""
    event = events.kept(db, key, lock=True)
    if event is not None and event.applied_at is None:
        event.answer = f"{SET_ASIDE}{why}"
        event.applied_at = at


def undecided(db: TenantSession, *, at: datetime) -> list[str]:
    """The keys of what was said a while ago and has not been decided."""
    statement = (
        select(ProviderEvent.dedupe_key)
        .where(
            ProviderEvent.tenant_id == db.tenant_id,
            ProviderEvent.source.in_(SPOKEN),
            ProviderEvent.applied_at.is_(None),
            ProviderEvent.received_at > at - JOIN_WITHIN,
            ProviderEvent.received_at <= at - LATE,
        )
        .order_by(ProviderEvent.received_at)
        .limit(BATCH)
    )
    return list(db.session.scalars(statement))


def settle_late(db: TenantSession, key: str, *, at: datetime) -> None:
    """Decide it, and send the answer to the phone that it came from."""
    event = events.kept(db, key, lock=True)
    if event is None or event.applied_at is not None:
        return
    try:
        with db.session.begin_nested():
            event.answer = _decide(db, event, at=at)
    except Problem as refusal:
        # It names nothing that we know: nobody can be answered.
        set_aside(db, key, type(refusal).__name__, at=at)
        return
    event.applied_at = at
    if event.answer:
        _send_after(db, event, at=at)


def _decide(db: TenantSession, event: ProviderEvent, *, at: datetime) -> str:
    said = event.payload
    match event.source:
        case "text":
            return texts.fold(hear(db, IncomingText.in_form(said), at=at))
        case "key":
            attempt = db.get(Attempt, _named(event.attempt_id))
            return press(db, attempt, said.get("Digits", ""), at=at) or ""
        case "letter":
            return _letter(db, said, at=at)
        case _:
            code = db.get(ReplyCode, UUID(said["reply_code"]))
            if code.theirs != said.get("From"):
                raise NotFound
            asked = db.get(Notification, code.notification_id)
            return press_about(db, asked, said.get("Digits", ""), at=at) or ""


def _letter(db: TenantSession, said: Mapping[str, str], *, at: datetime) -> str:
    """A letter proves nothing but that it was sent to an address only we gave out."""
    reply = replies.parse(said["line"])
    if reply.kind is None or not said["notification"]:
        raise NoSuchLink
    written_for = db.get(Notification, UUID(said["notification"]))
    asked = meant(db, written_for, reply.code)
    if not isinstance(asked, Notification):
        with speaking(written_for.language):
            return phrases.which_one(asked)
    answered = Answer(
        kind=reply.kind, via="email", name=asked.recipient_name, note=reply.note
    )
    return answer(db, asked, answered, at=at)


def _send_after(db: TenantSession, event: ProviderEvent, *, at: datetime) -> None:
    """To the destination that we wrote to, wherever the answer came from."""
    channel: Channel = "email" if event.source == "letter" else "sms"
    destination = _destination(db, event)
    promise(
        db,
        Message(
            key=f"answer/{event.id}",
            to=Recipient("resident", destination, "", _language(db, destination)),
            channel=channel,
            destination=destination,
            purpose="notice",
            template="answer",
            subject_id=event.id,
            level=2,
            due_at=at,
            context={"words": event.answer},
        ),
        at=at,
    )


def _destination(db: TenantSession, event: ProviderEvent) -> str:
    if event.source == "letter":
        asked = db.get(Notification, UUID(event.payload["notification"]))
        return asked.destination
    if event.attempt_id is None:
        return str(event.payload.get("From", ""))
    return db.get(Attempt, event.attempt_id).theirs


def _language(db: TenantSession, phone: str) -> str:
    """The one in which they were last written to, or else the town's."""
    last = (
        select(Notification.language)
        .where(
            Notification.tenant_id == db.tenant_id, Notification.destination == phone
        )
        .order_by(Notification.promised_at.desc())
        .limit(1)
    )
    return db.session.scalar(last) or tenants.current(db).town.languages[0]


def _named(attempt_id: UUID | None) -> UUID:
    if attempt_id is None:
        raise NotFound
    return attempt_id
