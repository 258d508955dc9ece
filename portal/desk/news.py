"""What new versions change for whoever speaks for a town, until they have read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import tenants
from portal.desk.board import towns_of
from portal.desk.seat import Seat
from portal.town.changes.comparing import Changed, compared
from tenants import news
from tenants.town import Town
from townline.proof import Actor
from townline.tenancy import board, town


@dataclass(frozen=True, slots=True)
class Waiting:
    """One version of one town that an agent has not read yet."""

    town: Town
    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The same, with what it changes for the agents."""

    version: Waiting
    changes: tuple[Changed, ...]


def waiting_of(seat: Seat) -> tuple[Waiting, ...]:
    """In every town the agent serves; for the queue: one question, and no comparing."""
    with board(seat.database, seat.person.desk_towns) as session:
        found = news.unread_on_board(session, seat.person.account_id, at=seat.at)
    if not found:
        return ()
    towns = towns_of(seat.database, seat.person.desk_towns)
    return tuple(
        Waiting(towns[each.tenant_id], each.number, each.published_at)
        for each in found
        if each.tenant_id in towns
    )


def told(seat: Seat) -> tuple[Told, ...]:
    return tuple(Told(each, _changes(seat, each)) for each in waiting_of(seat))


def mark_read(seat: Seat, slug: str, number: int) -> None:
    with seat.town(slug) as db:
        by = Actor("agent", seat.person.name)
        news.mark_read(db, number, account_id=seat.person.account_id, by=by, at=seat.at)


def _changes(seat: Seat, waiting: Waiting) -> tuple[Changed, ...]:
    tenant_id = tenants.id_of(seat.database, waiting.town.slug)
    if tenant_id is None:
        return ()
    with town(seat.database, tenant_id) as db:
        held = news.news_of(db, waiting.number)
        if held is None:
            return ()
        before = tenants.rules_of(db, held.before_id).town
        after = tenants.rules_of(db, held.version_id).town
    touched = held.touches.split(",")
    return tuple(e for e in compared(before, after) if e.field in touched)
