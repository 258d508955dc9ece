"""The cast of the stories: a pothole, who reported it, and what was written to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import select

import surveys
import tickets
from notify import Notification
from surveys.models import FollowUp, Invitation
from surveys.rules import sampled
from tickets import Caller, Intake, Ticket
from townline.db import Database, new_id
from townline.proof import Actor, timeline
from townline.tenancy import TenantSession

AGENT = Actor("agent", "Maya Okafor")
CREW = Actor("crew", "Gus Petrakis")
DAY = timedelta(days=1)

BY_TEXT = Caller(name="June Hall", phone="+13125550171", tell_by="sms")
BY_EMAIL = Caller(name="Luc Roy", email="luc@roy.example", tell_by="email")
IN_FRENCH = Caller(phone="+13125550172", tell_by="sms", language="fr")
NOT_TOLD = Caller(name="Ed Stone", phone="+13125550173", tell_by="none")
NAMELESS = Caller(identity="anonymous")


@contextmanager
def watched() -> Iterator[None]:
    """Surveys follow tickets, as in the running product, and nobody else does."""
    before = tickets.WATCHERS[:]
    tickets.WATCHERS[:] = [surveys.TicketWatcher()]
    yield
    tickets.WATCHERS[:] = before


def report(
    db: TenantSession,
    caller: Caller = BY_TEXT,
    *,
    at: datetime,
    category: str = "pothole",
    place: str = "402 Elm St",
) -> Ticket:
    intake = Intake(
        client_key=new_id(),
        category=category,
        channel="phone",
        caller=caller,
        place=place,
    )
    return tickets.open(db, intake, at=at, by=AGENT)


def report_sampled(
    db: TenantSession,
    caller: Caller = BY_TEXT,
    *,
    at: datetime,
    category: str = "highway-maintenance",
) -> Ticket:
    """Half of Riverton's tickets are asked about: open some until one is."""
    while True:
        ticket = report(db, caller, at=at, category=category)
        if sampled(ticket.id, percent=40):
            return ticket


def close(db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
    tickets.close(
        db, ticket.id, reason="scheduled", note="With the repaving.", by=CREW, at=at
    )


def tick(database: Database, *, at: datetime) -> None:
    surveys.tick(database, at=at)


def written(db: TenantSession, template: str) -> list[Notification]:
    """What was promised to be said by this template, the first first."""
    return [
        *db.session.scalars(
            select(Notification)
            .where(Notification.template == template)
            .order_by(Notification.id)
        )
    ]


def follow_ups(db: TenantSession, ticket: Ticket) -> dict[str, FollowUp]:
    found = db.rows(FollowUp).where(FollowUp.ticket_id == ticket.id)
    return {each.kind: each for each in db.session.scalars(found)}


def invitations(db: TenantSession) -> list[Invitation]:
    return [*db.session.scalars(db.rows(Invitation).order_by(Invitation.id))]


def happened(db: TenantSession, ticket: Ticket) -> list[str]:
    return [entry.event for entry in timeline(db, ticket.id)]
