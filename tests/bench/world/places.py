"""Towns of streets and house numbers, made at speed, to search in under load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isqrt
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from tests.bench.stage import Stage
from townline.clock import utc_now
from townline.db import new_id

# The largest town has a fifth of all addresses: 100,000 of half a million.
LARGEST = 0.2
# As a town of 100,000 addresses has some four thousand streets.
DOORS = 25
SOUTH, WEST, SIDE = 41.87, -87.94, 0.06
_TREES = (
    "Oak Maple Chestnut Lake Elm Pine 4th Cedar Walnut Hickory Birch Juniper Magnolia"
    " Sycamore Willow Poplar Laurel Hawthorn Mulberry Dogwood Prairie River Mill"
)
TREES = tuple(_TREES.split())
# With a tree before it, each makes another street.
_ENDINGS = (
    " St, Ave, Rd, Dr, Ln, Ct, Blvd,wood St,wood Ave,field Rd,brook Dr,ton Ln,hurst Ct,"
    "dale Blvd,view St,crest Ave,ridge Rd,land Dr,grove Ln,bury Ct"
)
ENDINGS = tuple(_ENDINGS.split(","))
SIDES = ("", "N ", "S ", "E ", "W ", "Old ", "New ", "Upper ", "Lower ", "Little ")
LIST = (
    "copy place_list"
    " (tenant_id, id, name, digest, file, places, imported_by, imported_at) from stdin"
)
STREETS = (
    "copy place_street (tenant_id, id, list_id, name, locality, latitude, longitude)"
    " from stdin"
)
PLACES = (
    "copy place (tenant_id, id, list_id, kind, name, street_id, number, suffix, unit,"
    " zip, latitude, longitude) from stdin"
)


@dataclass(frozen=True, slots=True)
class _Street:
    id: UUID
    name: str
    latitude: float
    longitude: float


def fill_places(stage: Stage, towns: Sequence[UUID], number: int) -> None:
    """So many addresses more; the first town gets a fifth, the others their share."""
    first = round(number * LARGEST) if len(towns) > 1 else number
    rest = (number - first) // max(1, len(towns) - 1)
    here = make_url(stage.admin).set(
        database=make_url(stage.engine.url).database, drivername="postgresql"
    )
    with psycopg.connect(here.render_as_string(hide_password=False)) as connection:
        # An administrator's broom: what is made here refers to nothing that is not.
        connection.execute("set local session_replication_role = replica")
        for at, tenant_id in enumerate(towns):
            _fill(connection, tenant_id, first if at == 0 else rest)
        connection.commit()
        connection.autocommit = True
        connection.execute("analyze place, place_street, place_list")


def _fill(
    connection: psycopg.Connection[tuple[object, ...]], tenant_id: UUID, number: int
) -> None:
    list_id = new_id()
    streets = list(islice(_streets(), max(1, number // DOORS)))
    with connection.cursor() as cursor:
        with cursor.copy(LIST) as copy:
            digest = "\\\\x" + list_id.hex
            named = (f"bench {list_id.hex[-12:]}", digest, "bench.csv", number, "bench")
            copy.write(_line(tenant_id, list_id, *named, utc_now().isoformat()))
        with cursor.copy(STREETS) as copy:
            for each in streets:
                spot = each.latitude, each.longitude
                copy.write(_line(tenant_id, each.id, list_id, each.name, "", *spot))
        with cursor.copy(PLACES) as copy:
            for at in range(number):
                copy.write(_door(tenant_id, list_id, streets, at))


def _streets() -> Iterator[_Street]:
    """Every second one runs east, the others cross them."""
    names = [
        f"{side}{tree}{ending}"
        for side in SIDES
        for ending in ENDINGS
        for tree in TREES
    ]
    rows = isqrt(len(names))
    for at, name in enumerate(names):
        along = SIDE * (at // 2 % rows) / rows
        east = at % 2 == 0
        yield _Street(
            new_id(),
            name,
            SOUTH + (along if east else SIDE / 2),
            WEST + (SIDE / 2 if east else along),
        )


def _door(tenant_id: UUID, list_id: UUID, streets: Sequence[_Street], at: int) -> bytes:
    street = streets[at % len(streets)]
    nth = at // len(streets)
    number = 1 + nth * 12 + at % 2
    away = SIDE * ((nth % DOORS) / DOORS - 0.5)
    east = at % 2 == 0
    latitude = street.latitude + (0 if east else away)
    longitude = street.longitude + (away if east else 0)
    named = ("address", "", street.id, number, "", "", "60401")
    return _line(tenant_id, new_id(), list_id, *named, latitude, longitude)


def _line(*values: object) -> bytes:
    return ("\t".join(map(str, values)) + "\n").encode()
