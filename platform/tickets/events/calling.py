"""Callers of a known event: added by one key, and all told when it is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import notify
import tenants
from notify import Message, Recipient
from tenants.town import Text, Town
from tickets.errors import AlreadyClosed
from tickets.events.errors import EndingNeeded, EventOver
from tickets.events.making import tell
from tickets.events.models import EventCaller, KnownEvent
from tickets.faults import caller_faults, refuse
from tickets.intake import Caller, phone_of
from tickets.joining import MeToo, join
from tickets.models import Reporter, Ticket
from townline.proof import Actor
from townline.tenancy import TenantSession


def join_event(
    db: TenantSession,
    event_id: UUID,
    me_too: MeToo,
    *,
    at: datetime,
    by: Actor,
    call_id: UUID | None = None,
) -> EventCaller:
    """Add a caller, once a key; to the event's ticket as well, while that is open.

    The event is locked: whoever comes while it ends is told, or learns that it is over.
    """
    event = db.get(KnownEvent, event_id, lock=True)
    same = db.rows(EventCaller).where(EventCaller.client_key == me_too.client_key)
    if first := db.session.scalar(same):
        return first
    if event.ended_at:
        raise EventOver
    town = tenants.current(db).town
    refuse(caller_faults(town, me_too.caller))
    reporter = _reporter(db, event, me_too, at=at, by=by)
    caller = _kept(town, me_too.caller, reporter)
    caller.event_id, caller.client_key = event_id, me_too.client_key
    caller.call_id, caller.joined_at = call_id, at
    db.add(caller)
    db.session.flush()
    tell(db, "event.joined", event, at=at, by=by)
    return caller


def end(
    db: TenantSession, event_id: UUID, *, ending: Text, at: datetime, by: Actor
) -> int:
    """Over: everybody who asked is promised the news once, by their own channel and in
    their language. Ended twice, it ended the first time. How many are told; with
    nobody to tell there need be no words."""
    event = db.get(KnownEvent, event_id, lock=True)
    if event.ended_at:
        return 0
    event.ending = {"en": ending.en, "fr": ending.fr}
    news = list(_news(db, event, at=at))
    if news and not (ending.en or ending.fr):
        raise EndingNeeded(field="ending_en")
    event.ended_at, event.ended_by = at, by.name
    db.session.flush()
    notify.promise_all(db, news, at=at)
    tell(db, "event.ended", event, at=at, by=by, title=event.title, told=len(news))
    return len(news)


def _reporter(
    db: TenantSession, event: KnownEvent, me_too: MeToo, *, at: datetime, by: Actor
) -> Reporter | None:
    """None where there is no ticket, or it is closed and only the event goes on."""
    if event.ticket_id is None:
        return None
    try:
        return join(db, event.ticket_id, me_too, at=at, by=by)
    except AlreadyClosed:
        return None


def _kept(town: Town, caller: Caller, reporter: Reporter | None) -> EventCaller:
    """A reporter's own row keeps what is personal; of somebody anonymous none does."""
    if reporter is not None or caller.identity == "anonymous":
        return EventCaller(
            reporter_id=reporter and reporter.id,
            identity=caller.identity,
            language=caller.language,
            tell_by="none",
        )
    return EventCaller(
        identity=caller.identity,
        name=caller.name.strip() or None,
        phone=phone_of(town, caller),
        email=caller.email.strip() or None,
        language=caller.language,
        tell_by=caller.tell_by,
    )


def _news(db: TenantSession, event: KnownEvent, *, at: datetime) -> Iterator[Message]:
    """One a destination: who called twice is told once."""
    told = set[str]()
    everybody: list[EventCaller | Reporter] = [*_callers(db, event)]
    for who in [*everybody, *_reporters(db, event)]:
        destination = who.phone if who.tell_by == "sms" else who.email
        if who.tell_by == "none" or not destination or destination in told:
            continue
        told.add(destination)
        yield _message(event, who, destination, at=at)


def _message(
    event: KnownEvent, who: EventCaller | Reporter, destination: str, *, at: datetime
) -> Message:
    title, ending = Text(**event.title), Text(**event.ending)
    return Message(
        key=f"event:{event.id}:ended:{destination}",
        to=Recipient("resident", str(who.id), who.name or "", who.language),
        channel="sms" if who.tell_by == "sms" else "email",
        destination=destination,
        purpose="news",
        template="event_ended",
        subject_id=event.ticket_id or event.id,
        # A resident's news never take the lane of a relay.
        level=5,
        due_at=at,
        context={
            "title": title.in_(who.language),
            "words": ending.in_(who.language),
        },
    )


def _callers(db: TenantSession, event: KnownEvent) -> Sequence[EventCaller]:
    theirs = db.rows(EventCaller).where(
        EventCaller.event_id == event.id, EventCaller.reporter_id.is_(None)
    )
    return db.session.scalars(theirs.order_by(EventCaller.joined_at)).all()


def _reporters(db: TenantSession, event: KnownEvent) -> Sequence[Reporter]:
    """Everybody who asked for the event's ticket, before it was an event as well."""
    if event.ticket_id is None:
        return ()
    ticket = db.get(Ticket, event.ticket_id)
    theirs = db.rows(Reporter).where(Reporter.ticket_id == ticket.id)
    return db.session.scalars(theirs.order_by(Reporter.joined_at)).all()
