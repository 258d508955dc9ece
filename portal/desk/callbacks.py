"""Whom the desk is to call back, for every town the agent serves, in one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from calls.returning import OwedCall, owed, withheld
from portal.desk.board import towns_of
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board

# A night and the day around it, as for everything the desk counts.
COUNTED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ToRing:
    """One number, or one message without a number, and the town it is about."""

    call: OwedCall
    town: Town
    me: UUID

    @property
    def is_mine(self) -> bool:
        return self.call.claimed_by == self.me

    @property
    def is_free(self) -> bool:
        return self.call.claimed_by is None


@dataclass(frozen=True, slots=True)
class CallBackList:
    """Misdials stand apart; who withheld their number is counted and cannot be rung."""

    at: datetime
    entries: tuple[ToRing, ...]
    short: tuple[ToRing, ...]
    withheld: int

    @property
    def next(self) -> ToRing | None:
        """The first that can be rung, and that nobody has in hand."""
        free = (each for each in self.entries if each.is_free and each.call.number)
        return next(free, None)

    @property
    def mine(self) -> ToRing | None:
        return next((each for each in self.entries + self.short if each.is_mine), None)


def call_back_list(database: Database, person: Person, *, at: datetime) -> CallBackList:
    with board(database, person.desk_towns) as session:
        found = owed(session, at=at)
        hidden = withheld(session, since=at - COUNTED)
    towns = towns_of(database, (each.tenant_id for each in found))
    entries = [ToRing(each, towns[each.tenant_id], person.account_id) for each in found]
    return CallBackList(
        at=at,
        entries=tuple(each for each in entries if not each.call.is_short),
        short=tuple(each for each in entries if each.call.is_short),
        withheld=hidden,
    )
