"""Nobody is in two towns by accident: a live call of one keeps the others' forms shut.

They open for whoever says that they know. A hand-over to 911 is never kept waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import calls
import tenants
from calls import Call
from portal.desk.seat import Seat
from tenants.town import Town
from townline.errors import Conflict
from townline.tenancy import board, town


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The call that the agent is talking on, and its town."""

    call: Call
    town: Town


class InAnotherTown(Conflict):
    """You are on the line with another town's caller."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        super().__init__()
        self.elsewhere = elsewhere


def elsewhere(seat: Seat, slug: str) -> Elsewhere | None:
    """The agent's live call, if it is of another town than this one."""
    if len(seat.person.desk_towns) < 2:
        return None
    with board(seat.database, seat.person.desk_towns) as session:
        live = calls.engaged(session, seat.person.account_id, at=seat.at)
    for call in live:
        with town(seat.database, call.tenant_id) as db:
            found = Elsewhere(call, tenants.current(db).town)
        if found.town.slug != slug:
            return found
    return None


def keep_to_one(seat: Seat, slug: str, *, also: str) -> Elsewhere | None:
    """Refuse, unless ``also`` names the live call: then it is no accident."""
    found = elsewhere(seat, slug)
    if found and also != _named(found.call.id):
        raise InAnotherTown(found)
    return found


def _named(call_id: UUID) -> str:
    return str(call_id)
