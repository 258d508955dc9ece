"""Years of tickets, made at speed: what a town's desk has to look among.

Of kinds, places and hours as of a real city, some are many and most are few. Everything
is drawn from one seed: two runs measure the same world.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, count
from random import Random
from uuid import UUID

import psycopg
from sqlalchemy import func, make_url, select

import tenants
from tenants.town import Category
from tests.bench.stage import Stage
from tests.bench.world.places import LARGEST, SIDE, SOUTH, TREES, WEST
from tests.bench.world.words import WORDS, kept, lines_of
from tickets import Ticket
from tickets.duplicates import cell_of
from tickets.rules.tracking import numbered
from townline.clock import utc_now
from townline.db import new_id
from townline.tenancy import town

SEED = 311
YEARS = timedelta(days=3 * 365)
# As in Boston: half are done in three days, the last tenth waits for two months.
HALF_DONE = timedelta(days=3)
# One ticket in twenty has a second caller; Boston's staff found one in thirty-seven.
SECOND_CALLERS = 0.05
SPOTS = 4_000
# A tenth of all calls is about a tenth of a per cent of the places.
HOT_SPOTS, HOT = 4, 0.1
AGENTS = ("Maya Okafor", "Louis Tremblay", "Tom Hale", "Priya Nair")
TICKETS = (
    "copy ticket (tenant_id, id, tracking, client_key, version_id, category, kind,"
    " level, department, channel, language, opened_at, opened_by, place, latitude,"
    " longitude, place_kind, location_confidence, cell, directions, words, answers,"
    " promised_at, promise, closed_at) from stdin"
)
REPORTERS = (
    "copy reporter (tenant_id, id, ticket_id, client_key, identity, name, phone,"
    " language, tell_by, joined_at) from stdin"
)
JOININGS = (
    "copy joining (tenant_id, id, reporter_id, ticket_id, category, place, latitude,"
    " longitude, at, by) from stdin"
)
BATCH = 20_000
# Without a divisor in common with the thousand million numbers there are.
STEP = 700_000_001


@dataclass(frozen=True, slots=True)
class _Spot:
    place: str
    latitude: float
    longitude: float
    cell: int


@dataclass(frozen=True, slots=True)
class _Ticket:
    id: UUID
    category: str
    spot: _Spot
    opened_at: datetime
    words: tuple[str, ...]


@dataclass(slots=True)
class _Town:
    """Where the rows of one town come from."""

    tenant_id: UUID
    version_id: UUID
    prefix: str
    categories: Sequence[Category]
    weights: Sequence[float]
    spots: Sequence[_Spot]
    numbers: Iterator[int]


def fill_tickets(
    stage: Stage, towns: Sequence[UUID], number: int, *, largest: float = LARGEST
) -> None:
    """So many tickets more, with their reporters; the first town gets a fifth."""
    first = round(number * largest) if len(towns) > 1 else number
    rest = (number - first) // max(1, len(towns) - 1)
    here = make_url(stage.admin).set(
        database=make_url(stage.engine.url).database, drivername="postgresql"
    )
    with psycopg.connect(here.render_as_string(hide_password=False)) as connection:
        # An administrator's broom: what is made here refers to nothing that is not.
        connection.execute("set local session_replication_role = replica")
        for at, tenant_id in enumerate(towns):
            _fill(connection, _described(stage, tenant_id), first if at == 0 else rest)
        connection.commit()
        connection.autocommit = True
        connection.execute("analyze ticket, ticket_word, reporter, joining")


def _described(stage: Stage, tenant_id: UUID) -> _Town:
    with town(stage.engine, tenant_id) as db:
        rules = tenants.current(db)
        after = db.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(Ticket.tenant_id == tenant_id)
        )
    chance = Random(tenant_id.bytes)  # noqa: S311 - a world to measure, no secret
    categories = [each for each in rules.town.categories if each.kind != "information"]
    return _Town(
        tenant_id,
        rules.version_id,
        rules.town.prefix,
        categories,
        # The second most frequent half as frequent as the first, and so on.
        list(accumulate(1 / rank for rank in range(1, len(categories) + 1))),
        [_spot(chance, at) for at in range(SPOTS)],
        _numbers(after or 0),
    )


def _numbers(after: int) -> Iterator[int]:
    """Each of nine digits once, in no order that anybody sees."""
    return (turn * STEP % 10**9 for turn in count(after))


def _spot(chance: Random, at: int) -> _Spot:
    latitude = SOUTH + SIDE * chance.random()
    longitude = WEST + SIDE * chance.random()
    place = f"{1 + at % 400} {TREES[at % len(TREES)]} St"
    return _Spot(place, latitude, longitude, cell_of(latitude, longitude))


def _fill(
    connection: psycopg.Connection[tuple[object, ...]], of: _Town, number: int
) -> None:
    chance = Random(SEED + number)  # noqa: S311 - a world to measure, no secret
    now = utc_now()
    for start in range(0, number, BATCH):
        many = min(BATCH, number - start)
        made = []
        with connection.cursor() as cursor:
            with cursor.copy(TICKETS) as copy:
                for _ in range(many):
                    ticket, line = _ticket(of, chance, now)
                    made.append(ticket)
                    copy.write(line)
            joined = []
            with cursor.copy(REPORTERS) as copy:
                for ticket in made:
                    copy.write(_reporter(of, ticket, chance, ticket.opened_at)[1])
                    if chance.random() < SECOND_CALLERS:
                        later = ticket.opened_at + HALF_DONE * chance.random()
                        second, line = _reporter(of, ticket, chance, later)
                        copy.write(line)
                        joined.append(_joining(of, ticket, second, later))
            with cursor.copy(JOININGS) as copy:
                for line in joined:
                    copy.write(line)
            with cursor.copy(WORDS) as copy:
                for each in made:
                    key = of.tenant_id, each.id, each.opened_at
                    copy.write(lines_of(*key, words=each.words, chance=chance))


def _ticket(of: _Town, chance: Random, now: datetime) -> tuple[_Ticket, str]:
    [category] = chance.choices(of.categories, cum_weights=of.weights)
    hot = chance.random() < HOT
    spot = of.spots[chance.randrange(HOT_SPOTS if hot else SPOTS)]
    opened_at = now - YEARS * chance.random()
    closed_at = opened_at + HALF_DONE * chance.expovariate(0.69)
    said = f"{category.name.en} at {spot.place}, since this morning"
    words = kept(said, category.name.en, category.name.fr)
    ticket = _Ticket(new_id(), category.key, spot, opened_at, words)
    number = numbered(of.prefix, f"{next(of.numbers):09}")
    closed = closed_at.isoformat() if closed_at < now else "\\N"
    line = (
        f"{of.tenant_id}\t{ticket.id}\t{number}\t{new_id()}\t{of.version_id}\t"
        f"{category.key}\t{category.kind}\t{category.level}\t{category.department}\t"
        f"phone\ten\t{opened_at.isoformat()}\t{chance.choice(AGENTS)}\t{spot.place}\t"
        f"{spot.latitude}\t{spot.longitude}\taddress\texact\t{spot.cell}\t\t"
        f"{said}\t{json.dumps([])}\t"
        f"{(opened_at + HALF_DONE).isoformat()}\tA crew comes.\t{closed}\n"
    )
    return ticket, line


def _reporter(
    of: _Town, ticket: _Ticket, chance: Random, at: datetime
) -> tuple[UUID, str]:
    id, phone = new_id(), f"+1312{chance.randrange(2_000_000, 9_999_999)}"
    return id, (
        f"{of.tenant_id}\t{id}\t{ticket.id}\t{new_id()}\tidentified\tHelen Marsh\t"
        f"{phone}\ten\tnone\t{at.isoformat()}\n"
    )


def _joining(of: _Town, ticket: _Ticket, reporter: UUID, at: datetime) -> str:
    spot = ticket.spot
    return (
        f"{of.tenant_id}\t{new_id()}\t{reporter}\t{ticket.id}\t{ticket.category}\t"
        f"{spot.place}\t{spot.latitude}\t{spot.longitude}\t{at.isoformat()}\tMaya\n"
    )
