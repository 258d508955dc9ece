"""The tickets of a list on a map: each where the problem is, as grave as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

import tickets
from portal.desk.places import Geography
from portal.town import boundary, names
from portal.town.boundary import Shape
from portal.town.hall import Hall
from portal.town.tickets.filters import Asked, filters_of
from tenants.town import Town
from tickets import Row
from townline.tenancy import TenantSession

# More dots than this hide each other, and the town.
MOST_PINS = 1000


class Pin(Struct, frozen=True, kw_only=True):
    """``said`` is what it is and where, ``is_open`` whether it still waits."""

    said: str
    address: str
    level: int
    latitude: float
    longitude: float
    is_open: bool


class TicketMap(Struct, frozen=True, kw_only=True):
    """What the script of the page draws."""

    boundary: Sequence[tuple[float, float]]
    tiles: str
    credit: str
    pins: Sequence[Pin]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnMap:
    """``pinned`` are the ones with a point, in the order of the shape's places."""

    asked: Asked
    pinned: Sequence[Row]
    pointless: int
    is_cut: bool
    shape: Shape

    @property
    def query(self) -> str:
        return f"?{self.asked.query()}"


def on_map(db: TenantSession, asked: Asked, town: Town, hall: Hall) -> OnMap:
    found = tickets.listing(db, filters_of(asked, town, hall), limit=MOST_PINS + 1)
    shown = found[:MOST_PINS]
    pinned = [row for row in shown if _point(row)]
    points = {row.tracking: _point(row) or (0.0, 0.0) for row in pinned}
    return OnMap(
        asked=asked,
        pinned=pinned,
        pointless=len(shown) - len(pinned),
        is_cut=len(found) > MOST_PINS,
        shape=boundary.drawn(town, town.boundary, points).shape,
    )


def drawn(it: OnMap, town: Town, hall: Hall, geography: Geography) -> TicketMap:
    return TicketMap(
        boundary=[(north, east) for east, north in town.boundary],
        tiles=geography.tiles,
        credit=geography.credit,
        pins=[_pin(row, town, hall) for row in it.pinned],
    )


def _pin(row: Row, town: Town, hall: Hall) -> Pin:
    what = names.category(town, row.category)
    east, north = _point(row) or (0.0, 0.0)
    return Pin(
        said=", ".join(filter(None, (what, row.place))),
        address=f"{hall.address}/tickets/{row.tracking}",
        level=row.level,
        latitude=north,
        longitude=east,
        is_open=row.closed_at is None,
    )


def _point(row: Row) -> tuple[float, float] | None:
    if row.longitude is None or row.latitude is None:
        return None
    return row.longitude, row.latitude
