"""The rules that hold, as a town reads them: promises, ladders, and who is on call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import tenants
from portal.town.aloud import Ladder, ladder
from tenants import TownVersion
from tenants.rules import gaps, on_call, shifts, staffed
from tenants.town import Category, Roster, Town
from townline.i18n import language
from townline.tenancy import TenantSession

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody's time on call, or a gap, which nobody's is. ``away`` had the turn."""

    starts: datetime
    ends: datetime
    name: str = ""
    instead_of: str = ""
    away: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A roster: who is on call now, and in the week from now."""

    roster: Roster
    now: tuple[str, ...]
    week: tuple[Stretch, ...]
    gaps: int


@dataclass(frozen=True, slots=True)
class Service:
    """One department's categories."""

    department: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the template calls ``it``."""

    town: Town
    version: TownVersion
    services: tuple[Service, ...]
    ladders: tuple[Ladder, ...]
    duties: tuple[Duty, ...]
    since: datetime
    until: datetime


def rules_of(db: TenantSession, *, at: datetime) -> Rules:
    town = tenants.current(db).town
    version = db.session.scalars(tenants.versions(db).limit(1)).one()
    return Rules(
        town=town,
        version=version,
        services=tuple(_services(town)),
        ladders=tuple(ladder(town, policy) for policy in town.policies),
        duties=tuple(_duty(town, roster, at=at) for roster in town.rosters),
        since=at,
        until=at + AHEAD,
    )


def _services(town: Town) -> Iterator[Service]:
    for department in town.departments:
        own = tuple(e for e in town.categories if e.department == department.key)
        if own:
            yield Service(department.name.in_(language()), own)


def _duty(town: Town, roster: Roster, *, at: datetime) -> Duty:
    staff = staffed(town, roster)
    week = _week(town, staff, at=at)
    now = on_call(staff, town.time_zone, at=at)
    return Duty(
        roster=roster,
        now=tuple(town.contact(key).name for key in now),
        week=week,
        gaps=sum(1 for each in week if not each.name),
    )


def _week(town: Town, roster: Roster, *, at: datetime) -> tuple[Stretch, ...]:
    def named(keys: Sequence[str]) -> str:
        return ", ".join(town.contact(key).name for key in keys)

    until = at + AHEAD
    manned = (
        Stretch(each.starts, each.ends, named([each.contact]), named(each.instead_of))
        for each in shifts(roster, town.time_zone, since=at, until=until)
    )
    empty = (
        Stretch(each.starts, each.ends, away=named(each.away))
        for each in gaps(roster, town.time_zone, since=at, until=until)
    )
    return tuple(sorted((*manned, *empty), key=lambda each: each.starts))
