"""The pages of difficult callers, for supervisors: all of their towns, and each one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import calls
import tenants
from calls import ListedFlag
from portal.desk.seat import Seat
from tenants.town import Town
from townline import proof
from townline.errors import NotFound
from townline.proof import LogEntry
from townline.tenancy import board, town

# A flag that holds at every desk is in no town's address.
EVERYWHERE = "everywhere"
# A supervisor thinks in days: half a year has no end that anybody remembers.
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class FlagBoard:
    towns: Mapping[UUID, Town]
    now: Sequence[ListedFlag]
    over: Sequence[ListedFlag]

    def town_of(self, listed: ListedFlag) -> Town | None:
        return self.towns[listed.tenant_id] if listed.tenant_id else None

    def zone_of(self, listed: ListedFlag) -> str:
        """Of every desk's the day is that of the first town: it is a day anywhere."""
        of = self.town_of(listed) or next(iter(self.towns.values()))
        return of.time_zone

    def address(self, listed: ListedFlag) -> str:
        of = self.town_of(listed)
        return f"/desk/flags/{of.slug if of else EVERYWHERE}/{listed.flag.id}"


@dataclass(frozen=True, slots=True)
class FlagPage:
    """``history`` is what was done about it since it was set, in the town's log."""

    listed: ListedFlag
    board: FlagBoard
    history: Sequence[LogEntry]


def flag_board(seat: Seat) -> FlagBoard:
    towns = seat.person.supervised_towns
    with board(seat.database, towns) as session:
        found = calls.list_flags(session, towns, at=seat.at)
        return FlagBoard(
            tenants.current_of(session),
            [each for each in found if each.is_in_force],
            [each for each in found if not each.is_in_force],
        )


def flag_page(seat: Seat, slug: str, flag_id: UUID) -> FlagPage:
    if slug == EVERYWHERE:
        with seat.database.everybody() as session:
            listed = calls.every_desks_flag(session, flag_id, at=seat.at)
        return FlagPage(listed, _towns(seat), ())
    with seat.town(slug) as db:
        _check_supervises(seat, db.tenant_id)
        listed = calls.town_flag(db, flag_id, at=seat.at)
        history = proof.timeline(db, flag_id)
    return FlagPage(listed, _towns(seat), history)


def lengthen(seat: Seat, slug: str, flag_id: UUID, *, days: int, why: str) -> None:
    with town(seat.database, _where(seat, slug)) as db:
        calls.renew(db, flag_id, days=days, by=seat.person, at=seat.at, why=why)


def lift(seat: Seat, slug: str, flag_id: UUID, *, why: str) -> None:
    with town(seat.database, _where(seat, slug)) as db:
        calls.end_flag(db, flag_id, by=seat.person, at=seat.at, why=why)


def _where(seat: Seat, slug: str) -> UUID:
    """What holds everywhere is lifted from any of the supervisor's towns."""
    if slug == EVERYWHERE:
        return min(seat.person.supervised_towns)
    with seat.town(slug) as db:
        _check_supervises(seat, db.tenant_id)
        return db.tenant_id


def _check_supervises(seat: Seat, tenant_id: UUID) -> None:
    if tenant_id not in seat.person.supervised_towns:
        raise NotFound


def _towns(seat: Seat) -> FlagBoard:
    with board(seat.database, seat.person.supervised_towns) as session:
        return FlagBoard(tenants.current_of(session), (), ())
