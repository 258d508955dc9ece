"""A ticket's kin: of the same call, taken out of it, or gone on as another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tickets
from tickets import Ticket
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Kin:
    """``family`` are of the same call or split off; ``here`` go on under this number.

    ``goes_on`` is the ticket under whose number this one goes on.
    """

    family: Sequence[Ticket]
    here: Sequence[Ticket]
    goes_on: Ticket | None

    @property
    def is_alone(self) -> bool:
        return not self.family and not self.here and self.goes_on is None


def kin_of(db: TenantSession, ticket: Ticket) -> Kin:
    gone = tickets.merging(db, ticket.id) if ticket.closed_at else None
    return Kin(
        family=tickets.linked(db, ticket),
        here=tickets.merged_into(db, ticket.id),
        goes_on=tickets.get(db, gone.into_id) if gone else None,
    )
