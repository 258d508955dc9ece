"""The calls a supervisor is to hear, the sheets of an agent, and one sheet."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import calls
import tenants
from calls import Call, measures, reviews
from calls.measures import Days, Exclusion
from calls.reviews import Draw, DrawnCall, Month, Review, Standing
from portal.desk.seat import Seat
from tenants.town import Town
from townline.errors import Invalid
from townline.localtime import wall
from townline.tenancy import TenantSession, board, town

# A mean over fewer months rests on too few calls; over more, on another agent.
LOOK_BACK = timedelta(days=90)


class NoSuchMonth(Invalid):
    """Write the month as 2026-02."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBoard:
    """``drawn`` and ``standings`` are a supervisor's; ``mine`` is the agent's own."""

    month: str
    towns: Mapping[UUID, Town]
    drawn: Sequence[DrawnCall]
    standings: Sequence[Standing]
    mine: Sequence[Review]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    call: Call
    town: Town
    review: Review | None
    exclusion: Exclusion | None
    may_score: bool
    may_answer: bool


def review_board(seat: Seat, month: str, *, key: str) -> ReviewBoard:
    person, at = seat.person, seat.at
    with board(seat.database, person.desk_towns) as session:
        towns = tenants.current_of(session)
        mine = reviews.sheets_of(session, person.account_id)
    first = _first(month, towns, at=at)
    drawn: Sequence[DrawnCall] = ()
    standings: Sequence[Standing] = ()
    if person.supervised_towns:
        drawn = _drawn(seat, towns, first, key=key)
        with board(seat.database, person.supervised_towns) as session:
            standings = reviews.standings(session, since=at - LOOK_BACK)
    return ReviewBoard(
        month=f"{first:%Y-%m}",
        towns=towns,
        drawn=drawn,
        standings=standings,
        mine=mine,
    )


def _drawn(
    seat: Seat, towns: Mapping[UUID, Town], first: date, *, key: str
) -> Sequence[DrawnCall]:
    """Each town in its own session: a month of all of them is many rows to guard."""
    found: list[DrawnCall] = []
    for tenant_id in seat.person.supervised_towns:
        month = _month(tenant_id, towns[tenant_id], first)
        with town(seat.database, tenant_id) as db:
            found += reviews.drawn(db.session, [month], key=key)
    return sorted(found, key=lambda each: each.arrived_at, reverse=True)


def sheet_of(db: TenantSession, call_id: UUID, seat: Seat, *, key: str) -> Sheet:
    """A supervisor of the town sees any sheet of a drawn call, its agent their own."""
    call = calls.get(db, call_id)
    rules = tenants.current(db).town
    review = reviews.of_call(db, call_id)
    mine = call.claimed_by == seat.person.account_id
    supervises = db.tenant_id in seat.person.supervised_towns
    drawn = draw_of(rules, key=key).has(call)
    answered = review is not None and review.answered_at is not None
    return Sheet(
        call=call,
        town=rules,
        review=review if mine or supervises else None,
        exclusion=measures.exclusion(db, call_id),
        may_score=supervises and drawn and not mine and not answered,
        may_answer=mine and review is not None and not answered,
    )


def draw_of(rules: Town, *, key: str) -> Draw:
    return Draw(key, rules.reviews.percent, rules.time_zone)


def _first(month: str, towns: Mapping[UUID, Town], *, at: datetime) -> date:
    if month:
        try:
            return date.fromisoformat(f"{month}-01")
        except ValueError as wrong:
            raise NoSuchMonth from wrong
    zone = next(iter(towns.values())).time_zone
    return wall(at, zone).date().replace(day=1)


def _month(tenant_id: UUID, rules: Town, first: date) -> Month:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    since, until = Days(first, last).instants(rules.time_zone)
    return Month(tenant_id, since, until, rules.reviews.percent, f"{first:%Y-%m}")
