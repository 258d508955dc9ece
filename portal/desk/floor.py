"""The supervisor's live board: one question for each part, however many towns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - a board over a supervisor's towns

import escalation
import tenants
from calls import floor, measures, minders, presence
from calls.floor import Line, Talk
from calls.measures import USUAL, Formula, Tally, Window
from calls.minders import Minder
from calls.presence import AtDesk
from escalation import Unanswered
from tenants.town import Town
from tickets import Ticket
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board

# Service level "now": long enough to hold some calls, short enough to change.
NOW = timedelta(hours=1)
EMERGENCY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorTown:
    town: Town
    line: Line
    free: int
    tally: Tally

    @property
    def level(self) -> float | None:
        return self.tally.service_level(self.town.service_level.formula)

    @property
    def is_missed(self) -> bool:
        target = self.town.service_level.target_percent / 100
        return self.level is not None and self.level < target


@dataclass(frozen=True, slots=True)
class Emergency:
    """A level 1 that nobody has accepted yet."""

    run: Unanswered
    ticket: Ticket
    town: Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    at: datetime
    rows: tuple[FloorTown, ...]
    agents: tuple[AtDesk, ...]
    towns: Mapping[UUID, Town]
    talks: Sequence[Talk]
    emergencies: tuple[Emergency, ...]
    overdue: Sequence[Minder]

    @property
    def waiting(self) -> int:
        return sum(each.line.waiting for each in self.rows)

    @property
    def longest(self) -> datetime | None:
        waits = (each.line.longest for each in self.rows if each.line.longest)
        return min(waits, default=None)

    @property
    def here(self) -> tuple[AtDesk, ...]:
        return tuple(each for each in self.agents if each.is_here)

    @property
    def formula(self) -> Formula:
        """That of all the towns, or the usual one where they differ."""
        return common_formula(each.town for each in self.rows)

    @property
    def level(self) -> float | None:
        total = sum((each.tally for each in self.rows), Tally())
        return total.service_level(self.formula)

    def count(self, state: str) -> int:
        return sum(each.state == state for each in self.agents)

    def talk_of(self, agent: AtDesk) -> Town | None:
        """The town whose call they are on, if the supervisor may know."""
        return self.towns.get(agent.call_town) if agent.call_town else None


def common_formula(towns: Iterable[Town]) -> Formula:
    formulas: set[Formula] = {each.service_level.formula for each in towns}
    return formulas.pop() if len(formulas) == 1 else USUAL


def floor_of(database: Database, person: Person, *, at: datetime) -> Floor:
    with board(database, person.supervised_towns) as session:
        towns = tenants.current_of(session)
        agents = tuple(presence.at_desk(session, at=at))
        lines = floor.lines(session, at=at)
        talks = floor.talks(session, at=at)
        tallies = measures.by_town(session, _lately(towns, at=at))
        emergencies = _emergencies(session, towns)
        overdue = minders.overdue(session)
    ready = [each for each in agents if each.state == "ready"]
    rows = (
        FloorTown(
            town=each,
            line=lines.get(tenant_id, Line()),
            free=sum(tenant_id in agent.towns for agent in ready),
            tally=tallies.get(tenant_id, Tally()),
        )
        for tenant_id, each in towns.items()
    )
    return Floor(
        at=at,
        rows=tuple(sorted(rows, key=_most_pressing)),
        agents=agents,
        towns=towns,
        talks=talks,
        emergencies=emergencies,
        overdue=overdue,
    )


def _most_pressing(row: FloorTown) -> tuple[float, str]:
    """The longest wait first; towns where nobody waits by name."""
    waits = row.line.longest.timestamp() if row.line.longest else float("inf")
    return waits, row.town.slug


def _lately(towns: Mapping[UUID, Town], *, at: datetime) -> list[Window]:
    return [
        Window(
            tenant_id,
            at - NOW,
            at,
            each.service_level.threshold_seconds,
            each.time_zone,
        )
        for tenant_id, each in towns.items()
    ]


def _emergencies(session: Session, towns: Mapping[UUID, Town]) -> tuple[Emergency, ...]:
    runs = [each for each in escalation.running(session) if each.level == EMERGENCY]
    ids = {each.ticket_id for each in runs}
    found = session.scalars(select(Ticket).where(Ticket.id.in_(ids))) if ids else ()
    tickets = {each.id: each for each in found}
    return tuple(
        Emergency(each, tickets[each.ticket_id], towns[each.tenant_id])
        for each in runs
        if each.ticket_id in tickets
    )
