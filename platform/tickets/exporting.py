"""Every ticket of a list, in one pass: for files, however long the list is.

Who reported it is never among what is told here: a file leaves the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import and_, select

from tickets.filtering import Filters
from tickets.listing import Row, wanted
from tickets.models import Closure, Ticket
from townline.tenancy import TenantSession

# Rows the database hands over at a time: all that is in memory of a list.
AT_A_TIME = 1000


class Exported(Row, frozen=True, kw_only=True):
    """``reason`` is why it was closed, or None while it is open."""

    reason: str | None


_OF_TICKET = [getattr(Ticket, name) for name in Exported.__struct_fields__[:-1]]


def every(db: TenantSession, filters: Filters) -> Iterator[list[Exported]]:
    """All that ``filters`` want, newest first, so many at a time."""
    closure = and_(
        Closure.tenant_id == db.tenant_id,
        Closure.tenant_id == Ticket.tenant_id,
        Closure.ticket_id == Ticket.id,
    )
    statement = (
        select(*_OF_TICKET, Closure.reason)
        .outerjoin(Closure, closure)
        .where(Ticket.tenant_id == db.tenant_id, wanted(db, filters))
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
        .execution_options(yield_per=AT_A_TIME)
    )
    names = Exported.__struct_fields__
    with closing(db.session.execute(statement)) as found:
        for rows in found.partitions():
            yield [Exported(**dict(zip(names, row, strict=True))) for row in rows]
