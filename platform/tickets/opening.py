"""A request becomes a ticket, once, however often it is sent."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import Select

import tenants
from tenants.rules import promise
from tickets.duplicates import cell_of
from tickets.faults import faults, refuse
from tickets.finding import keep_ticket
from tickets.intake import Intake, answers_of, level_of, place_of
from tickets.models import Reporter, Ticket
from tickets.reporting import move, take_down
from tickets.rules.tracking import digits_for, numbered
from tickets.watchers import WATCHERS
from townline import live, proof
from townline.db import new_id
from townline.prepared import Insertion
from townline.proof import Actor
from townline.tenancy import TenantSession

INSERT = Insertion(Ticket, once=True)


def open(db: TenantSession, intake: Intake, *, at: datetime, by: Actor) -> Ticket:
    """The ticket that ``intake`` makes, or the one that it made before.

    Of two transactions that send the same key at once, the second waits for the
    first and gets its ticket: nobody is told twice.
    """
    rules = tenants.current(db)
    if found := tuple(faults(rules.town, intake)):
        # The rules may have changed since it was sent for the first time.
        if first := db.session.scalar(_sent_with(db, intake.client_key)):
            return first
        refuse(iter(found))
    ticket, is_new = _written(db, rules, intake, at=at, by=by)
    if is_new:
        take_down(db, ticket, intake.caller, client_key=intake.client_key, at=at)
        _set_going(db, ticket, at=at)
    return ticket


def open_for(
    db: TenantSession, intake: Intake, reporter: Reporter, *, at: datetime, by: Actor
) -> Ticket:
    """A ticket for somebody who was taken for another's reporter, and now is its own.

    What their category would have asked was never asked: nothing is refused for it.
    """
    rules = tenants.current(db)
    ticket, is_new = _written(db, rules, intake, at=at, by=by)
    if is_new:
        move(db, reporter, ticket, at=at)
        _set_going(db, ticket, at=at)
    return ticket


def _written(
    db: TenantSession, rules: tenants.Rules, intake: Intake, *, at: datetime, by: Actor
) -> tuple[Ticket, bool]:
    """The row and its first line in the log; False where it was there before."""
    first_of_call = _root(db, intake.parent_id)
    columns = _columns(rules, intake, at=at, by=by)
    columns["parent_id"] = first_of_call and first_of_call.id
    made = insert_once(db, columns, numbers=_numbers(rules.town.prefix))
    if made is None:
        return db.session.scalars(_sent_with(db, intake.client_key)).one(), False
    keep_ticket(db, made, rules.town)
    linked_to = first_of_call.tracking if first_of_call else None
    _log(db, made, rules, intake=intake, by=by, linked_to=linked_to)
    return made, True


def _set_going(db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
    for watcher in WATCHERS:
        watcher.opened(db, ticket, at=at)
    live.announce(db, "tickets")


def _root(db: TenantSession, parent_id: UUID | None) -> Ticket | None:
    """Links are one deep: the second and the third both belong to the first."""
    if parent_id is None:
        return None
    parent = db.get(Ticket, parent_id)
    return db.get(Ticket, parent.parent_id) if parent.parent_id else parent


def _sent_with(db: TenantSession, client_key: UUID) -> Select[Ticket]:
    return db.rows(Ticket).where(Ticket.client_key == client_key)


def insert_once(
    db: TenantSession, columns: dict[str, Any], *, numbers: Iterator[str]
) -> Ticket | None:
    """The new row; None if another transaction has just sent the same key."""
    for tracking in numbers:
        made = Ticket(**columns | {"tracking": tracking})
        if INSERT(db, made):
            return made
        if db.session.scalar(_sent_with(db, columns["client_key"])):
            break
    return None


def _numbers(prefix: str) -> Iterator[str]:
    """Numbers nobody can guess from another, until one of them is free."""
    for draw in count():
        length = digits_for(draw)
        yield numbered(prefix, f"{secrets.randbelow(10**length):0{length}}")


def _columns(
    rules: tenants.Rules, intake: Intake, *, at: datetime, by: Actor
) -> dict[str, Any]:
    category = rules.town.category(intake.category)
    promised = promise(rules.town, category, at=intake.called_at or at)
    language = intake.caller.language
    return {
        "id": new_id(),
        "client_key": intake.client_key,
        "version_id": rules.version_id,
        "category": category.key,
        "kind": category.kind,
        "level": level_of(category, intake),
        "department": category.department,
        "channel": intake.channel,
        "call_id": intake.call_id,
        "language": language,
        "opened_at": at,
        "opened_by": by.name,
        "read_back_at": at if intake.read_back else None,
        "place": place_of(intake),
        "latitude": intake.latitude,
        "longitude": intake.longitude,
        "cell": _cell(intake),
        "place_kind": intake.place_kind,
        "location_confidence": intake.confidence,
        "asset": intake.asset.strip() or None,
        "directions": intake.directions.strip(),
        "words": intake.words.strip(),
        "answers": answers_of(category, intake),
        "promised_at": promised.due,
        "promise": promised.say.in_(language),
    }


def _cell(intake: Intake) -> int | None:
    if intake.latitude is None or intake.longitude is None:
        return None
    return cell_of(intake.latitude, intake.longitude)


def _log(
    db: TenantSession,
    ticket: Ticket,
    rules: tenants.Rules,
    *,
    intake: Intake,
    by: Actor,
    linked_to: str | None,
) -> None:
    """No name, number or words: what is logged can never be taken back."""
    proof.record(
        db,
        "ticket.opened",
        subject=ticket.id,
        at=ticket.opened_at,
        actor=by,
        tracking=ticket.tracking,
        category=ticket.category,
        level=ticket.level,
        level_reason=intake.level_reason,
        department=ticket.department,
        channel=ticket.channel,
        call_id=ticket.call_id,
        rules=rules.number,
        promised_at=ticket.promised_at,
        promise=ticket.promise,
        read_back=intake.read_back,
        **_told_of_some(intake, linked_to),
    )


def _told_of_some(intake: Intake, linked_to: str | None) -> dict[str, object]:
    """What only some tickets have: a first one of the same call, a sheet of paper."""
    known = {"linked_to": linked_to, "called_at": intake.called_at}
    return {name: fact for name, fact in known.items() if fact is not None}
