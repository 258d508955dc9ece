"""That somebody of the town, or a program of its, was shown who a resident is."""

from __future__ import annotations

from portal.town.hall import Hall
from portal.town.tickets.file import TicketFile
from townline import looks
from townline.looks import Door, Seen
from townline.tenancy import TenantSession


def at_ticket(
    db: TenantSession, hall: Hall, it: TicketFile, *, door: Door = "portal"
) -> None:
    """Of an anonymous caller there is nothing to be shown."""
    named = sum(1 for each in it.callers if not each.anonymous)
    seen = Seen("ticket", it.ticket.id, named)
    by = "key" if hall.person.is_key else door
    looks.looked(db, seen, door=by, by=hall.actor, at=hall.at)
