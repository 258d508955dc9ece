"""What stands beside the night on the first page: today, calls, and what is open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import escalation
from calls import measures
from calls.measures import Days, Tally
from portal.town import queries, rules
from portal.town.charts import Curve, curve_of
from portal.town.hall import Hall
from portal.town.queries import OpenOnes, Today
from tenants.town import ServiceLevel, Town
from townline import localtime
from townline.tenancy import TenantSession
from townline.words import short_date

# Two weeks show a bad day beside its likes; a month would be a report.
MEASURED = timedelta(days=13)
# As many rows as a person reads at a glance; the rest are one more.
MOST_CATEGORIES = 8
# Four nights of the same weekday: one festival among them is not what is usual.
WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """``days`` has a tally for each day, the silent ones too."""

    days: tuple[tuple[str, Tally], ...]
    total: Tally
    wanted: ServiceLevel
    curve: Curve

    @property
    def level(self) -> float | None:
        return self.total.service_level(self.wanted.formula)

    def level_of(self, tally: Tally) -> float | None:
        return tally.service_level(self.wanted.formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """``rows`` are categories with their tickets by age, the largest first."""

    total: int
    by_age: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    today: Today
    relays: Mapping[str, int]
    open: StillOpen
    service: Service
    usual: Mapping[int, float]


def dashboard_of(hall: Hall, db: TenantSession, town: Town) -> Dashboard:
    at, zone = hall.at, town.time_zone
    since = localtime.starts(
        datetime.combine(localtime.wall(at, zone).date(), time()), zone
    )
    return Dashboard(
        today=queries.today(db, since=since, person=hall.person.account_id),
        relays={str(state): of for state, of in escalation.counts(db).items()},
        open=still_open(queries.open_by_age(db, rules.age_edges(at))),
        service=_service(db, town, at=at),
        usual=_usual(db, rules.last_night(at, zone), zone=zone),
    )


def still_open(found: Sequence[OpenOnes]) -> StillOpen:
    """The newest age first; what comes after the largest categories is one row."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for each in found:
        counts[each.category][each.age] += each.tickets
    largest = sorted(counts, key=lambda key: (-counts[key].total(), key))
    rows = [(key, _ages(counts[key])) for key in largest[:MOST_CATEGORIES]]
    if rest := largest[MOST_CATEGORIES:]:
        others = sum((counts[key] for key in rest), Counter[int]())
        rows.append(("", _ages(others)))
    together = sum(counts.values(), Counter[int]())
    return StillOpen(total=together.total(), by_age=_ages(together), rows=tuple(rows))


def _ages(counted: Counter[int]) -> tuple[int, ...]:
    return tuple(counted[age] for age in reversed(range(len(rules.AGES) + 1)))


def _service(db: TenantSession, town: Town, *, at: datetime) -> Service:
    zone, wanted = town.time_zone, town.service_level
    today = localtime.wall(at, zone).date()
    days = Days(today - MEASURED, today)
    since, until = days.instants(zone)
    hours = measures.hours_of(
        db, since=since, until=until, threshold=wanted.threshold_seconds
    )
    of_day: dict[date, Tally] = defaultdict(Tally)
    for hour, tally in hours.items():
        of_day[localtime.wall(hour, zone).date()] += tally
    named = tuple((_named(day, zone), of_day[day]) for day in _days(days))
    shares = [(name, each.service_level(wanted.formula)) for name, each in named]
    return Service(
        days=named,
        total=sum(of_day.values(), Tally()),
        wanted=wanted,
        curve=curve_of(shares, target=wanted.target_percent / 100),
    )


def _days(days: Days) -> Iterator[date]:
    for number in range((days.last - days.first).days + 1):
        yield days.first + timedelta(days=number)


def _named(day: date, zone: str) -> str:
    noon = localtime.starts(datetime.combine(day, time(12)), zone)
    return short_date(noon, zone)


def _usual(db: TenantSession, night: rules.Night, *, zone: str) -> Mapping[int, float]:
    """The mean of the same nights of the weeks before, by the hour of the clock."""
    nights = rules.same_nights(night, zone, weeks=WEEKS)
    rang = queries.calls_by_clock(db, nights, zone=zone)
    return {hour: number / WEEKS for hour, number in rang.items()}
