"""A supervisor's figures: of some days, by town, by hour or by agent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session  # noqa: TID251 - whatever town's it is

import tenants
from calls import Disposition, measures
from calls.measures import Days, Formula, Tally, Window, Worked
from portal.desk.floor import common_formula
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.errors import Invalid, NotFound
from townline.localtime import wall
from townline.tenancy import board
from townline.words import clock, zone_name

View = Literal["town", "hour", "agent"]
MOST_DAYS = timedelta(days=366)


class TooManyDays(Invalid):
    """Ask for a year at most, and for the first day before the last."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: nothing said means today, everywhere, by town."""

    view: View = "town"
    town: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``formula`` and ``target`` are the town's, or what holds for all together."""

    label: str
    tally: Tally
    formula: Formula
    target: float | None = None
    town: Town | None = None
    worked: Worked | None = None

    @property
    def level(self) -> float | None:
        return self.tally.service_level(self.formula)

    @property
    def occupancy(self) -> float | None:
        """Whatever towns are chosen: an agent who answers for another is not idle."""
        return self.worked.occupancy if self.worked else None

    @property
    def share_of_work(self) -> float | None:
        """What the calls of the chosen towns took, of all the time at work."""
        return self.tally.occupancy(self.worked.staffed) if self.worked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    question: Question
    days: Days
    towns: Sequence[Town]
    rows: tuple[Row, ...]
    total: Row
    endings: Mapping[Disposition, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to the database."""

    session: Session
    view: View
    days: Days
    towns: Mapping[UUID, Town]

    @property
    def windows(self) -> list[Window]:
        """Each town's own days, in its own zone."""
        return [_window(id, each, self.days) for id, each in self.towns.items()]

    @property
    def formula(self) -> Formula:
        return common_formula(self.towns.values())

    @property
    def target(self) -> float | None:
        """Where all want the same share in time."""
        wanted = {each.service_level.target_percent for each in self.towns.values()}
        return wanted.pop() / 100 if len(wanted) == 1 else None

    def row(self, label: str, tally: Tally, worked: Worked | None = None) -> Row:
        return Row(
            label=label,
            tally=tally,
            formula=self.formula,
            target=self.target,
            worked=worked,
        )


def report_of(
    database: Database, person: Person, question: Question, *, at: datetime
) -> Report:
    with board(database, person.supervised_towns) as session:
        towns = tenants.current_of(session)
        chosen = _chosen(towns, question.town)
        days = _days(question, chosen, at=at)
        asked = Asked(session, question.view, days, chosen)
        rows = tuple(_rows(asked, at=at))
        endings = measures.dispositions(session, asked.windows)
    # Every call is in one row.
    total = sum((each.tally for each in rows), Tally())
    return Report(
        question=question,
        days=days,
        towns=sorted(towns.values(), key=lambda each: each.slug),
        rows=rows,
        total=Row(label="", tally=total, formula=asked.formula, target=asked.target),
        endings=endings,
    )


def _chosen(towns: Mapping[UUID, Town], slug: str) -> Mapping[UUID, Town]:
    if not slug:
        return towns
    found = {id: each for id, each in towns.items() if each.slug == slug}
    if not found:
        raise NotFound
    return found


def _days(question: Question, towns: Mapping[UUID, Town], *, at: datetime) -> Days:
    today = max(wall(at, each.time_zone).date() for each in towns.values())
    first = question.first or question.last or today
    last = question.last or max(first, today if question.first is None else first)
    if not first <= last <= first + MOST_DAYS:
        raise TooManyDays
    return Days(first, last)


def _window(tenant_id: UUID, rules: Town, days: Days) -> Window:
    since, until = days.instants(rules.time_zone)
    threshold = rules.service_level.threshold_seconds
    return Window(tenant_id, since, until, threshold, rules.time_zone)


def _rows(asked: Asked, *, at: datetime) -> Iterator[Row]:
    if asked.view == "town":
        return _town_rows(asked)
    if asked.view == "agent":
        return _agent_rows(asked, at=at)
    if len(asked.windows) == 1 and asked.days.first == asked.days.last:
        return _passing_hours(asked)
    return _named_hours(asked)


def _town_rows(asked: Asked) -> Iterator[Row]:
    tallies = measures.by_town(asked.session, asked.windows)
    for tenant_id, rules in sorted(asked.towns.items(), key=lambda each: each[1].slug):
        standard = rules.service_level
        yield Row(
            label=rules.slug,
            tally=tallies.get(tenant_id, Tally()),
            formula=standard.formula,
            target=standard.target_percent / 100,
            town=rules,
        )


def _agent_rows(asked: Asked, *, at: datetime) -> Iterator[Row]:
    since = min(each.since for each in asked.windows)
    until = max(each.until for each in asked.windows)
    worked = measures.worked(asked.session, since=since, until=until, at=at)
    found = measures.by_agent(asked.session, asked.windows)
    for agent, tally in sorted(found.items(), key=lambda each: each[0].name or "~"):
        yield asked.row(
            agent.name or "",
            tally,
            worked=worked.get(agent.account_id) if agent.account_id else None,
        )


def _passing_hours(asked: Asked) -> Iterator[Row]:
    """Every hour of the day, with its zone: one of autumn's comes twice."""
    [window] = asked.windows
    tallies = measures.by_hour(asked.session, asked.windows)
    for hour in asked.days.hours(window.zone):
        label = f"{clock(hour, window.zone)} {zone_name(hour, window.zone)}"
        yield asked.row(label, tallies.get(hour, Tally()))


def _named_hours(asked: Asked) -> Iterator[Row]:
    """Of several days or towns: each hour as their own clocks name it."""
    tallies = measures.by_clock(asked.session, asked.windows)
    for hour in range(24):
        yield asked.row(f"{hour:02}:00", tallies.get(hour, Tally()))
