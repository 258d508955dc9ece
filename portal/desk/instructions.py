"""What a town wants done differently for now, until the agent has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tenants.instructions
from portal.desk.board import towns_of
from portal.desk.seat import Seat
from tenants.instructions import ToRead, unread, unread_on_board
from tenants.town import Town
from townline.proof import Actor
from townline.tenancy import TenantSession, board


@dataclass(frozen=True, slots=True)
class Unread:
    """What one town asks its agents to read."""

    town: Town
    instructions: Sequence[ToRead]


def unread_of(seat: Seat) -> tuple[Unread, ...]:
    """In every town the agent serves; for the queue, where nothing else is urgent."""
    towns = towns_of(seat.database, seat.person.desk_towns)
    with board(seat.database, seat.person.desk_towns) as session:
        waiting = unread_on_board(
            session, towns, account_id=seat.person.account_id, at=seat.at
        )
    return tuple(
        Unread(town, waiting[town.slug])
        for town in towns.values()
        if town.slug in waiting
    )


def in_town(db: TenantSession, seat: Seat) -> tuple[ToRead, ...]:
    """All that are in force in the town on the line, the unread first."""
    town = tenants.current(db).town
    return unread(db, town, account_id=seat.person.account_id, at=seat.at)


def mark_read(db: TenantSession, seat: Seat, key: str, *, digest: str) -> None:
    tenants.instructions.mark_read(
        db,
        key,
        digest,
        account_id=seat.person.account_id,
        by=Actor("agent", seat.person.name),
        at=seat.at,
    )
