"""House numbers on the streets that may be meant, or the ones closest to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select

from tenants.places.found import Found, door
from tenants.places.gazetteer import Name
from tenants.places.keys import Match
from tenants.places.models import Place
from tenants.places.typed import Typed
from townline.tenancy import TenantSession

# A block or so: a house that is not in the list stands beside one that is.
BLOCK = 20
# Streets that sound like it; beyond these nobody reads on.
STREETS = 12


class Door(Struct, frozen=True):
    number: int
    suffix: str
    zip: str
    units: int
    longitude: float
    latitude: float

    @property
    def written(self) -> str:
        return f"{self.number}{self.suffix.upper()}"


def doors(
    db: TenantSession, streets: Sequence[tuple[Name, Match]], typed: Typed
) -> list[Found]:
    """For each street its door of that number, or the nearest on the same side."""
    wanted = [name for name, _ in streets[:STREETS]]
    known = _known(db, wanted, typed)
    found = [_found(name, known[name.street], typed) for name in wanted if name.street]
    return [each for each in found if each]


def _known(
    db: TenantSession, streets: Sequence[Name], typed: Typed
) -> dict[UUID, list[Door]]:
    number = typed.number or 0
    rows = db.session.execute(
        select(
            Place.street_id,
            Place.number,
            Place.suffix,
            func.min(Place.zip).label("zip"),
            func.count().label("units"),
            func.avg(Place.longitude).label("longitude"),
            func.avg(Place.latitude).label("latitude"),
        )
        .where(
            Place.tenant_id == db.tenant_id,
            Place.street_id.in_([each.street for each in streets]),
            Place.number.between(number - BLOCK, number + BLOCK),
            Place.kind == "address",
        )
        .group_by(Place.street_id, Place.number, Place.suffix)
    )
    known: dict[UUID, list[Door]] = defaultdict(list)
    for row in rows.mappings():
        told: dict[str, Any] = dict(row)
        known[told.pop("street_id")].append(Door(**told))
    return known


def _found(name: Name, doors: Sequence[Door], typed: Typed) -> Found | None:
    number = typed.number or 0
    if not doors:
        return None

    def far(each: Door) -> tuple[int, bool, str]:
        other_side = (each.number - number) % 2
        beyond = abs(each.number - number) + other_side * BLOCK
        return beyond, each.suffix != typed.suffix, each.suffix

    nearest = min(doors, key=far)
    written = f"{number}{typed.suffix.upper()}"
    exact = nearest.written == written
    # "12" is at 12A and 12B, if there is no other 12.
    there = exact or (nearest.number == number and not typed.suffix)
    unit = f" #{typed.unit}" if typed.unit else ""
    return Found(
        kind="address",
        label=door(nearest.written if there else written, name.label) + unit,
        latitude=nearest.latitude,
        longitude=nearest.longitude,
        confidence="exact" if there else "near",
        zip=nearest.zip,
        beside="" if there else nearest.written,
        units=nearest.units,
    )
