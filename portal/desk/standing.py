"""What stands on the desk at a moment, kind by kind: one question for each.

The words name no caller and no number, since they are kept with the signatures; what
an agent wrote in a minder stands as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - a board over the towns an agent serves

import escalation
from calls import minders, returning
from calls.minders import Minder
from calls.returning import OwedCall
from tenants.rules.instructing import in_force
from tenants.town import NoSuchEntry, Town
from tickets import Ticket, events
from townline.i18n import gettext, language
from townline.words import clock, moment

Kind = Literal[
    "emergency", "ladder", "promise", "instruction", "event", "call_back", "minder"
]
EMERGENCY = 1
# A shift and a half: what falls due before somebody else sits here.
AHEAD = timedelta(hours=12)
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """``words`` are what is signed for; ``address`` is where it can be read."""

    kind: Kind
    tenant_id: UUID
    key: str
    words: str
    address: str | None = None


Towns = Mapping[UUID, Town]


def things_of(session: Session, towns: Towns, *, at: datetime) -> Iterator[Thing]:
    yield from _emergencies(session, towns)
    yield from _ladders(session, towns)
    yield from _promises(session, towns, at=at)
    yield from _instructions(towns, at=at)
    yield from _events(session, towns, at=at)
    for owed in returning.owed(session, at=at):
        yield _call_back(owed, towns[owed.tenant_id])
    for minder in minders.for_the_desk(session):
        yield _minder(minder, towns[minder.tenant_id])


def _emergencies(session: Session, towns: Towns) -> Iterator[Thing]:
    grave = select(Ticket).where(Ticket.closed_at.is_(None), Ticket.level == EMERGENCY)
    for ticket in session.scalars(grave.order_by(Ticket.opened_at).limit(MOST)):
        yield _about_ticket("emergency", ticket, towns, named(ticket, towns))


def _ladders(session: Session, towns: Towns) -> Iterator[Thing]:
    runs = {each.ticket_id: each for each in escalation.running(session)}
    found = select(Ticket).where(Ticket.id.in_(list(runs)))
    for ticket in session.scalars(found) if runs else ():
        step = gettext("step {step}").format(step=runs[ticket.id].step + 1)
        words = f"{named(ticket, towns)}, {step}"
        yield _about_ticket("ladder", ticket, towns, words)


def _promises(session: Session, towns: Towns, *, at: datetime) -> Iterator[Thing]:
    due = select(Ticket).where(
        Ticket.closed_at.is_(None), Ticket.promised_at <= at + AHEAD
    )
    for ticket in session.scalars(due.order_by(Ticket.promised_at).limit(MOST)):
        zone = towns[ticket.tenant_id].time_zone
        words = f"{named(ticket, towns)}, {moment(ticket.promised_at, zone)}"
        yield _about_ticket("promise", ticket, towns, words)


def _instructions(towns: Towns, *, at: datetime) -> Iterator[Thing]:
    for tenant_id, town in towns.items():
        for each in in_force(town, at=at):
            words = each.text.in_(language())
            yield Thing(
                kind="instruction",
                tenant_id=tenant_id,
                key=f"instruction:{each.key}",
                words=words,
            )


def _events(session: Session, towns: Towns, *, at: datetime) -> Iterator[Thing]:
    for each in events.on_the_board(session, at=at):
        title = each.title.get(language()) or next(iter(each.title.values()), "")
        yield Thing(
            kind="event",
            tenant_id=each.tenant_id,
            key=f"event:{each.id}",
            words=title,
        )


def _call_back(owed: OwedCall, town: Town) -> Thing:
    since = clock(owed.since, town.time_zone)
    return Thing(
        kind="call_back",
        tenant_id=owed.tenant_id,
        key=f"call_back:{owed.id}",
        words=gettext("a caller of {time}").format(time=since),
    )


def _minder(minder: Minder, town: Town) -> Thing:
    return Thing(
        kind="minder",
        tenant_id=minder.tenant_id,
        key=f"minder:{minder.id}",
        words=f"{clock(minder.due_at, town.time_zone)} {minder.words}",
        address=f"/desk/minders/{town.slug}/{minder.id}",
    )


def _about_ticket(kind: Kind, ticket: Ticket, towns: Towns, words: str) -> Thing:
    slug = towns[ticket.tenant_id].slug
    return Thing(
        kind=kind,
        tenant_id=ticket.tenant_id,
        key=f"{kind}:{ticket.id}",
        words=words,
        address=f"/desk/tickets/{slug}/{ticket.id}",
    )


def named(ticket: Ticket, towns: Towns) -> str:
    """Number and category; one that the town has dropped since by its key."""
    try:
        category = towns[ticket.tenant_id].category(ticket.category)
    except NoSuchEntry:
        return f"{ticket.tracking} {ticket.category}"
    return f"{ticket.tracking} {category.name.in_(language())}"
