"""That somebody of the town, or a program of its, was shown who a resident is."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from portal.town.hall import Hall
from tickets import Reporter
from townline import looks
from townline.looks import Door, Seen
from townline.tenancy import TenantSession


def at_ticket(
    db: TenantSession,
    hall: Hall,
    ticket_id: UUID,
    reporters: Iterable[Reporter],
    *,
    door: Door = "portal",
) -> None:
    """Of an anonymous caller there is nothing to be shown."""
    named = sum(1 for each in reporters if each.identity != "anonymous")
    shown(db, hall, Seen("ticket", ticket_id, named), door=door)


def shown(db: TenantSession, hall: Hall, seen: Seen, *, door: Door = "portal") -> None:
    """Whatever door it is, a program came in by its key."""
    by = "key" if hall.person.is_key else door
    looks.looked(db, seen, door=by, by=hall.actor, at=hall.at)
