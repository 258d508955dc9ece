"""A supervisor's figures: of some days, by town, by hour or by agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session  # noqa: TID251 - whatever town's it is

import tenants
from calls import Disposition, measures
from calls.measures import Days, Formula, Tally, Window
from portal.desk.floor import common_formula
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.errors import Invalid, NotFound
from townline.localtime import wall
from townline.tenancy import board, town
from townline.words import clock, zone_name

Key = TypeVar("Key")
Answer = TypeVar("Answer")
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
    staffed: timedelta | None = None

    @property
    def level(self) -> float | None:
        return self.tally.service_level(self.formula)

    @property
    def occupancy(self) -> float | None:
        return None if self.staffed is None else self.tally.occupancy(self.staffed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    question: Question
    days: Days
    towns: Sequence[Town]
    rows: tuple[Row, ...]
    total: Row
    endings: Mapping[Disposition, int] = field(default_factory=dict)


def report_of(
    database: Database, person: Person, question: Question, *, at: datetime
) -> Report:
    with board(database, person.supervised_towns) as session:
        towns = tenants.current_of(session)
        chosen = _chosen(towns, question.town)
        days = _days(question, chosen, at=at)
    windows = [_window(id, each, days) for id, each in chosen.items()]
    formula = common_formula(chosen.values())
    rows = tuple(_rows(database, question, chosen, windows, days, at=at))
    endings: Counter[Disposition] = Counter()
    for each in _town_by_town(database, windows, measures.dispositions):
        endings.update(each)
    total = sum(_tallies(database, windows, measures.by_town).values(), Tally())
    return Report(
        question=question,
        days=days,
        towns=sorted(towns.values(), key=lambda each: each.slug),
        rows=rows,
        total=Row(label="", tally=total, formula=formula, target=_target(chosen)),
        endings=dict(endings.most_common()),
    )


def _town_by_town(
    database: Database,
    windows: Sequence[Window],
    ask: Callable[[Session, Sequence[Window]], Answer],
) -> Iterator[Answer]:
    """In each town's own session: a board's would look at each row for all towns."""
    for window in windows:
        with town(database, window.tenant_id) as db:
            yield ask(db.session, [window])


def _tallies(
    database: Database,
    windows: Sequence[Window],
    ask: Callable[[Session, Sequence[Window]], Mapping[Key, Tally]],
) -> Mapping[Key, Tally]:
    """What all the towns have under one key, added up."""
    found: dict[Key, Tally] = {}
    for tallies in _town_by_town(database, windows, ask):
        for key, tally in tallies.items():
            found[key] = found.get(key, Tally()) + tally
    return found


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


def _target(towns: Mapping[UUID, Town]) -> float | None:
    targets = {each.service_level.target_percent for each in towns.values()}
    return targets.pop() / 100 if len(targets) == 1 else None


def _rows(
    database: Database,
    question: Question,
    towns: Mapping[UUID, Town],
    windows: Sequence[Window],
    days: Days,
    *,
    at: datetime,
) -> Iterator[Row]:
    if question.view == "town":
        return _town_rows(database, towns, windows)
    formula, target = common_formula(towns.values()), _target(towns)
    if question.view == "agent":
        return _agent_rows(database, windows, formula, at=at)
    if len(windows) == 1 and days.first == days.last:
        return _passing_hours(database, windows[0], days, formula, target=target)
    return _named_hours(database, windows, formula, target=target)


def _town_rows(
    database: Database, towns: Mapping[UUID, Town], windows: Sequence[Window]
) -> Iterator[Row]:
    tallies = _tallies(database, windows, measures.by_town)
    for tenant_id, rules in sorted(towns.items(), key=lambda each: each[1].slug):
        standard = rules.service_level
        yield Row(
            label=rules.slug,
            tally=tallies.get(tenant_id, Tally()),
            formula=standard.formula,
            target=standard.target_percent / 100,
            town=rules,
        )


def _agent_rows(
    database: Database, windows: Sequence[Window], formula: Formula, *, at: datetime
) -> Iterator[Row]:
    since = min(each.since for each in windows)
    until = max(each.until for each in windows)
    with database.everybody() as session:
        worked = measures.staffed(session, since=since, until=until, at=at)
    found = _tallies(database, windows, measures.by_agent)
    for agent, tally in sorted(found.items(), key=lambda each: each[0].name or "~"):
        staffed = worked.get(agent.account_id) if agent.account_id else None
        label = agent.name or ""
        yield Row(label=label, tally=tally, formula=formula, staffed=staffed)


def _passing_hours(
    database: Database,
    window: Window,
    days: Days,
    formula: Formula,
    *,
    target: float | None,
) -> Iterator[Row]:
    """Every hour of the day, with its zone: one of autumn's comes twice."""
    tallies = _tallies(database, [window], measures.by_hour)
    for hour in days.hours(window.zone):
        label = f"{clock(hour, window.zone)} {zone_name(hour, window.zone)}"
        tally = tallies.get(hour, Tally())
        yield Row(label=label, tally=tally, formula=formula, target=target)


def _named_hours(
    database: Database,
    windows: Sequence[Window],
    formula: Formula,
    *,
    target: float | None,
) -> Iterator[Row]:
    """Of several days or towns: each hour as their own clocks name it."""
    tallies = _tallies(database, windows, measures.by_clock)
    for hour in range(24):
        tally = tallies.get(hour, Tally())
        yield Row(label=f"{hour:02}:00", tally=tally, formula=formula, target=target)
