"""The names of a town's streets and landmarks, kept in memory until its lists change.

There are a few thousand of them in a large town, and they are what is mistyped. House
numbers are not: they stay in the database, where a plain index finds them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from sqlalchemy import select

from tenants.places.distances import metres
from tenants.places.keys import Keys, Match
from tenants.places.models import Place, PlaceList, Street
from tenants.town import Point
from townline.tenancy import TenantSession

# Of a large town the names are about five megabytes; this many towns a process.
KEPT = 128
Stamp = tuple[tuple[UUID, bytes], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A street by its id, or a landmark, which has none; ``point`` is its middle."""

    street: UUID | None
    name: str
    locality: str
    point: Point | None

    @property
    def label(self) -> str:
        return f"{self.name} ({self.locality})" if self.locality else self.name


@dataclass(frozen=True, slots=True)
class Gazetteer:
    stamp: Stamp
    names: Sequence[Name]
    keys: Keys

    def find(self, typed: str, *, near: Point | None) -> list[tuple[Name, Match]]:
        """The likeliest first; of those that are alike the nearest."""
        return self._ranked(self.keys.find(typed), near)

    def begin(self, typed: str, *, near: Point | None) -> list[tuple[Name, Match]]:
        """The same without forgiving anything."""
        return self._ranked(self.keys.begin(typed), near)

    def _ranked(
        self, found: Iterable[Match], near: Point | None
    ) -> list[tuple[Name, Match]]:
        matches = [(self.names[each.entry], each) for each in found]

        def order(found: tuple[Name, Match]) -> tuple[float, bool, bool, float]:
            name, match = found
            far = metres(near, name.point) if near and name.point else match.rest
            return match.slips, match.inner, match.rest > 0, far

        return sorted(matches, key=order)

    def streets(self, typed: str, *, near: Point | None) -> list[tuple[Name, Match]]:
        found = self.find(typed, near=near)
        return [each for each in found if each[0].street is not None]


class Shelf:
    """The gazetteers used last, each as of its town's lists."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._known: OrderedDict[UUID, Gazetteer] = OrderedDict()
        self._lock = Lock()

    def find(self, tenant_id: UUID, stamp: Stamp) -> Gazetteer | None:
        with self._lock:
            known = self._known.get(tenant_id)
            if known is None or known.stamp != stamp:
                return None
            self._known.move_to_end(tenant_id)
            return known

    def keep(self, tenant_id: UUID, gazetteer: Gazetteer) -> Gazetteer:
        with self._lock:
            self._known[tenant_id] = gazetteer
            self._known.move_to_end(tenant_id)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return gazetteer


_SHELF = Shelf()


def gazetteer(db: TenantSession) -> Gazetteer:
    """Asked for by the lists as this transaction sees them: never another town's."""
    stamp = _stamp(db)
    known = _SHELF.find(db.tenant_id, stamp)
    if known is not None:
        return known
    names = [*_streets(db), *_landmarks(db)]
    read = Gazetteer(stamp, names, Keys.of(each.name for each in names))
    return _SHELF.keep(db.tenant_id, read)


def landmarks(db: TenantSession) -> list[Name]:
    """What is drawn on the map of a town."""
    return [each for each in gazetteer(db).names if each.street is None]


def _stamp(db: TenantSession) -> Stamp:
    lists = select(PlaceList.id, PlaceList.digest).where(
        PlaceList.tenant_id == db.tenant_id
    )
    return tuple(
        (id, digest) for id, digest in db.session.execute(lists.order_by("id"))
    )


def _streets(db: TenantSession) -> list[Name]:
    rows = db.session.execute(
        select(
            Street.id, Street.name, Street.locality, Street.longitude, Street.latitude
        )
        .where(Street.tenant_id == db.tenant_id)
        .order_by(Street.name, Street.id)
    )
    return [
        Name(id, name, locality, _point(east, north))
        for id, name, locality, east, north in rows
    ]


def _point(east: float | None, north: float | None) -> Point | None:
    return None if east is None or north is None else (east, north)


def _landmarks(db: TenantSession) -> list[Name]:
    rows = db.session.execute(
        select(Place.name, Place.longitude, Place.latitude)
        .where(Place.tenant_id == db.tenant_id, Place.kind == "landmark")
        .order_by(Place.name, Place.id)
    )
    return [Name(None, name, "", (east, north)) for name, east, north in rows]
