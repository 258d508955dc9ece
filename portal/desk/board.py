"""What the queue shows: who waits, what nobody has taken, and what the desk owes.

A board session reads every town the agent serves, and writes to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - a board over the towns an agent serves

import calls
import escalation
import notify
import surveys
import tenants
import tickets
from calls import Call, WaitingCall, presence, returning
from calls.presence import AgentState
from calls.returning import OwedCall
from escalation import Unanswered
from notify import ShutWay
from surveys import Owed
from tenants.town import Category, Town
from tickets import Ticket
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board, town

# Levels that stay before the desk's eyes until somebody human has them.
GRAVE = 2
# Past a minute a caller in distress hangs up; bars and clocks turn red.
PATIENCE = timedelta(seconds=60)
# Whom to call back is beside the queue, and must not push it off the page.
FEW = 5
# The exchange ends a call after four hours; wrap-up comes soon after.
STILL_MINE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Waiting:
    call: WaitingCall
    town: Town

    @property
    def line(self) -> str:
        """What the town calls the number that was dialled."""
        for each in self.town.lines:
            if each.number == self.call.line:
                return each.label.in_(self.call.language)
        return ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A grave ticket that nobody has taken yet."""

    run: Unanswered
    ticket: Ticket
    category: Category
    town: Town


@dataclass(frozen=True, slots=True)
class Shut:
    """A sender of a town that is out of order."""

    way: ShutWay
    town: Town


@dataclass(frozen=True, slots=True)
class Owing:
    task: Owed
    town: Town


@dataclass(frozen=True, slots=True)
class Missed:
    """Whom we owe a call; all of it is in the list of its own."""

    call: OwedCall
    town: Town


@dataclass(frozen=True, slots=True)
class Mine:
    """A call the agent has taken and not yet accounted for."""

    call: Call
    town: Town


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the queue shows at one instant."""

    at: datetime
    waiting: tuple[Waiting, ...]
    alarms: tuple[Alarm, ...]
    shut: tuple[Shut, ...]
    owing: tuple[Owing, ...]
    missed: tuple[Missed, ...]
    mine: tuple[Mine, ...]
    zones: tuple[str, ...]
    me: AgentState | None

    @property
    def first_missed(self) -> tuple[Missed, ...]:
        return self.missed[:FEW]

    @property
    def longest(self) -> datetime | None:
        """Since when whoever has waited longest has waited."""
        return min((each.call.queued_at for each in self.waiting), default=None)

    @property
    def patience(self) -> int:
        """In seconds, as the page's clocks count."""
        return int(PATIENCE.total_seconds())

    @property
    def is_late(self) -> bool:
        """Whether somebody has waited longer than anybody should."""
        return any(each.call.waited > PATIENCE for each in self.waiting)

    @property
    def next(self) -> Waiting | None:
        """The first in order who is not ringing at somebody's already."""
        free = (each for each in self.waiting if not each.call.claimed_by_name)
        return next(free, None)


def board_of(database: Database, person: Person, *, at: datetime) -> Board:
    with board(database, person.desk_towns) as session:
        me = presence.state_of(session, person.account_id)
        waiting = calls.in_order(session, person, at=at)
        runs = [run for run in escalation.running(session) if _stays(run)]
        shut = notify.shut_ways(session)
        owing = surveys.tasks(session, at)
        missed = returning.owed(session, at=at)
        mine = _unaccounted(session, person, at=at)
    shown = (
        *(each.tenant_id for each in waiting),
        *(each.tenant_id for each in runs),
        *(each.tenant_id for each in shut),
        *(each.tenant_id for each in owing),
        *(each.tenant_id for each in missed),
        *(each.tenant_id for each in mine),
        *person.desk_towns[:1],
    )
    towns = towns_of(database, shown)
    return Board(
        at=at,
        waiting=tuple(Waiting(each, towns[each.tenant_id]) for each in waiting),
        alarms=tuple(_alarm(database, each, towns[each.tenant_id]) for each in runs),
        shut=tuple(Shut(each, towns[each.tenant_id]) for each in shut),
        owing=tuple(Owing(each, towns[each.tenant_id]) for each in owing),
        missed=tuple(
            Missed(each, towns[each.tenant_id]) for each in missed if not each.is_short
        ),
        mine=tuple(Mine(each, towns[each.tenant_id]) for each in mine),
        zones=tuple(dict.fromkeys(each.time_zone for each in towns.values())),
        me=me,
    )


def towns_of(database: Database, shown: Iterable[UUID]) -> Mapping[UUID, Town]:
    """The rules of the towns that appear, in that order, asked for all at once."""
    ids = tuple(dict.fromkeys(shown))
    if not ids:
        return {}
    with board(database, ids) as session:
        found = tenants.current_of(session)
    return {tenant_id: found[tenant_id] for tenant_id in ids}


def _alarm(database: Database, run: Unanswered, now: Town) -> Alarm:
    with town(database, run.tenant_id) as db:
        ticket = tickets.get(db, run.ticket_id)
        then = tenants.rules_of(db, ticket.version_id).town
    return Alarm(run, ticket, then.category(ticket.category), now)


def _unaccounted(session: Session, person: Person, *, at: datetime) -> Sequence[Call]:
    mine = select(Call).where(
        Call.claimed_by == person.account_id,
        Call.disposition.is_(None),
        Call.arrived_at > at - STILL_MINE,
    )
    return session.scalars(mine.order_by(Call.arrived_at)).all()


def _stays(run: Unanswered) -> bool:
    """A ladder that has run out stays too, whatever its level: nobody else is left."""
    return run.level <= GRAVE or run.exhausted_at is not None
