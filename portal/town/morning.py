"""The first page: what the night was, what is owed today, and what needs somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import escalation
import surveys
from escalation import Unanswered
from portal.town import queries, rules
from portal.town.dashboard import Dashboard, dashboard_of
from portal.town.hall import Hall
from portal.town.headline import Figures, headline
from portal.town.queries import HourOfCalls, PromiseCounts, Standing
from portal.town.rules import PromiseState
from surveys import Answered, Result
from tenants.rules import Gap, gaps, staffed
from tenants.town import Roster, Town
from tickets import Ticket
from townline.tenancy import TenantSession

# Near enough for a gap to be somebody's work this week.
GAPS_AHEAD = timedelta(days=7)
SURVEYED = timedelta(days=90)
# A bad answer older than a week has been followed up, or has been lived with.
STILL_FRESH = timedelta(days=7)
BAD_SCORE = 2
MOST_NEEDS = 5
# A storm has hundreds; the gravest are named, and all are counted.
MOST_ALARMS = 20
UNHEARD = ("running", "exhausted", "paused")


@dataclass(frozen=True, slots=True)
class Owed:
    """A ticket on the page, with how its relay stands and how its promise does."""

    ticket: Ticket
    standing: Standing
    promise: PromiseState


@dataclass(frozen=True, slots=True)
class Unmanned:
    roster: Roster
    gap: Gap


@dataclass(frozen=True, slots=True)
class Alarm:
    """A relay that no person has accepted."""

    run: Unanswered
    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What the template calls ``it``."""

    at: datetime
    headline: str
    night: rules.Night
    hours: Sequence[HourOfCalls]
    alarms: tuple[Alarm, ...]
    promises: tuple[Owed, ...]
    counts: PromiseCounts
    tickets: tuple[Owed, ...]
    figures: queries.NightFigures
    survey: Result
    unhappy: tuple[Answered, ...]
    unmanned: tuple[Unmanned, ...]
    zone: str
    beside: Dashboard

    @property
    def calls(self) -> int:
        return sum(each.calls for each in self.hours)

    @property
    def unheard(self) -> int:
        relays = self.beside.relays
        return sum(number for state, number in relays.items() if state in UNHEARD)

    @property
    def bars(self) -> list[tuple[str, int, float]]:
        """Every hour of the night, the silent ones too, beside what is usual."""
        rang = {each.hour: each.calls for each in self.hours}
        begun = rules.hours_of(self.night, self.zone)
        usual = self.beside.usual
        return [
            (f"{hour:%H}", rang.get(hour, 0), usual.get(hour.hour, 0.0))
            for hour in begun
        ]


def morning_of(hall: Hall, db: TenantSession, town: Town) -> Morning:
    at, zone = hall.at, town.time_zone
    night, end_of_day = rules.last_night(at, zone), rules.end_of_day(at, zone)
    promises, of_night = _owed(
        db,
        queries.open_promises(db, before=end_of_day),
        queries.night_tickets(db, night),
        town=town,
        at=at,
    )
    hours = queries.calls_by_hour(db, night, zone=zone)
    figures = queries.night_figures(db, night)
    monday = rules.start_of_week(at, zone)
    return Morning(
        at=at,
        headline=_headline(hours, figures, of_night),
        night=night,
        hours=hours,
        alarms=_alarms(db),
        promises=promises,
        counts=queries.promise_counts(db, monday=monday, end_of_day=end_of_day, at=at),
        tickets=of_night,
        figures=figures,
        survey=surveys.result(db, since=at - SURVEYED),
        unhappy=tuple(_unhappy(db, at=at)),
        unmanned=tuple(_unmanned(town, at=at)),
        zone=zone,
        beside=dashboard_of(hall, db, town),
    )


def _headline(
    hours: Sequence[HourOfCalls],
    figures: queries.NightFigures,
    of_night: Sequence[Owed],
) -> str:
    emergencies = [each for each in of_night if each.ticket.level == 1]
    waits = [
        each.standing.first_at - each.ticket.opened_at
        for each in emergencies
        if each.standing.first_at
    ]
    return headline(
        Figures(
            calls=sum(each.calls for each in hours),
            answered=sum(each.answered for each in hours),
            missed=sum(each.missed for each in hours),
            tickets=figures.tickets,
            from_calls=figures.from_calls,
            waits=tuple(waits),
            unaccepted=sum(1 for each in emergencies if each.standing.is_unheard),
        )
    )


def _owed(
    db: TenantSession, *lists: Sequence[Ticket], town: Town, at: datetime
) -> Iterator[tuple[Owed, ...]]:
    """Each of the lists; how their relays stand is asked for once for all of them."""
    stand = queries.standings(db, {each.id for found in lists for each in found})
    for found in lists:
        yield tuple(_standing(each, stand[each.id], town, at=at) for each in found)


def _standing(ticket: Ticket, standing: Standing, town: Town, *, at: datetime) -> Owed:
    promise = standing.promise(ticket, at=at, zone=town.time_zone)
    return Owed(ticket, standing, promise)


def _alarms(db: TenantSession) -> tuple[Alarm, ...]:
    runs = escalation.running(db.session, limit=MOST_ALARMS)
    found = queries.tickets_by_id(db, [run.ticket_id for run in runs])
    return tuple(Alarm(run, found[run.ticket_id]) for run in runs)


def _unhappy(db: TenantSession, *, at: datetime) -> Iterator[Answered]:
    said = surveys.answered(db, since=at - STILL_FRESH)
    bad = [each for each in said if each.score <= BAD_SCORE or each.solved == "no"]
    yield from bad[:MOST_NEEDS]


def _unmanned(town: Town, *, at: datetime) -> Iterator[Unmanned]:
    for roster in town.rosters:
        staff = staffed(town, roster)
        for gap in gaps(staff, town.time_zone, since=at, until=at + GAPS_AHEAD):
            yield Unmanned(roster, gap)
