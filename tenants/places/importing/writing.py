"""A file becomes a list of the town's: all of it in one transaction, or nothing.

Until it commits everybody sees the old list, and from then on the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert

import tenants.queries
from tenants.places.assets import number_of
from tenants.places.importing.files import digest
from tenants.places.importing.gathering import BadLine, Course, Gathering, Told
from tenants.places.importing.meetings import meetings
from tenants.places.importing.rows import Row
from tenants.places.models import Place, PlaceList, Street
from townline.db import new_id
from townline.errors import Conflict, Invalid
from townline.tenancy import TenantSession

# So many rows a statement: enough that the round trips do not count.
BATCH = 5_000
Placed = tuple[Row, Course | None, Course | None]


class NothingUsable(Invalid):
    """No line of this file is a place; nothing has been changed."""

    def __init__(self, bad: Sequence[BadLine]) -> None:
        first = "".join(f" Line {each.line}: {each.remedy}." for each in bad[:3])
        super().__init__(f"{(self.__doc__ or '').strip()}{first}")


class FarFewer(Conflict):
    """Less than half of the places would be left; say --fewer if that is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """``read`` = ``kept`` + ``twice`` + ``lines`` + the bad ones: nothing is lost."""

    unchanged: bool = False
    read: int = 0
    kept: int = 0
    twice: int = 0
    lines: int = 0
    crossings: int = 0
    streets: int = 0
    outside: int = 0
    bad: Sequence[BadLine] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file, what it is told to be, and the name under which it replaces the last."""

    path: Path
    name: str
    told: Told = field(default_factory=Told)
    fewer: bool = False
    by: str
    at: datetime

    @property
    def mark(self) -> bytes:
        """The same file read in another way is another file."""
        told = [f"{field}={name}" for field, name in self.told.columns.items()]
        return digest(self.path, self.told.kind or "", *told)


def import_places(db: TenantSession, delivery: Delivery) -> Imported:
    """Replace the list of that name; the same file again changes nothing."""
    known = _locked(db, delivery)
    mark = delivery.mark
    if known.digest == mark:
        return Imported(unchanged=True)
    before = known.places
    _clear(db, known.id)
    imported = _read(db, known.id, delivery)
    known.places = imported.kept + imported.crossings
    if known.places < before / 2 and not delivery.fewer:
        raise FarFewer
    known.digest, known.file = mark, delivery.path.name
    known.imported_by, known.imported_at = delivery.by, delivery.at
    db.session.flush()
    return imported


def _read(db: TenantSession, list_id: UUID, delivery: Delivery) -> Imported:
    gathered = Gathering(tenants.queries.current(db).town, delivery.told)
    writer = _Writer(db, list_id)
    writer.write(gathered.places(delivery.path))
    if not gathered.kept and not gathered.lines:
        raise NothingUsable(gathered.bad)
    crossings = writer.write(meetings(gathered.drawn))
    writer.finish(gathered.named_apart())
    return Imported(
        read=gathered.read,
        kept=gathered.kept,
        twice=gathered.twice,
        lines=gathered.lines,
        crossings=crossings,
        streets=len(gathered.courses),
        outside=gathered.outside,
        bad=gathered.bad,
    )


def _locked(db: TenantSession, delivery: Delivery) -> PlaceList:
    """Two imports of one list follow one another, the first one ever included."""
    db.session.execute(
        insert(PlaceList)
        .values(
            tenant_id=db.tenant_id,
            id=new_id(),
            name=delivery.name,
            digest=b"",
            file="",
            places=0,
            imported_by=delivery.by,
            imported_at=delivery.at,
        )
        .on_conflict_do_nothing()
    )
    named = db.rows(PlaceList).where(PlaceList.name == delivery.name)
    return db.session.scalars(named.with_for_update()).one()


def _clear(db: TenantSession, list_id: UUID) -> None:
    for model in (Place, Street):
        db.session.execute(
            delete(model).where(
                model.tenant_id == db.tenant_id, model.list_id == list_id
            )
        )


class _Writer:
    """Writes batches as arrays: row security allows no COPY into these tables."""

    def __init__(self, db: TenantSession, list_id: UUID) -> None:
        self._db, self._list = db, list_id
        self._known: set[UUID] = set()

    def write(self, placed: Iterable[Placed]) -> int:
        rows, written = iter(placed), 0
        while batch := list(islice(rows, BATCH)):
            self._streets([each for _, *both in batch for each in both if each])
            self._places(batch)
            written += len(batch)
        return written

    def finish(self, courses: Iterable[Course]) -> None:
        every = [each for each in courses if each.points]
        self._streets(every)
        self._run(
            MIDDLES,
            ids=[each.id for each in every],
            localities=[each.locality for each in every],
            easts=[each.middle[0] for each in every],
            norths=[each.middle[1] for each in every],
        )

    def _streets(self, courses: Iterable[Course]) -> None:
        new = {each.id: each for each in courses if each.id not in self._known}
        self._known |= set(new)
        self._run(
            STREETS,
            ids=list(new),
            names=[each.name for each in new.values()],
        )

    def _places(self, batch: Sequence[Placed]) -> None:
        rows = [row for row, _, _ in batch]
        self._run(
            PLACES,
            ids=[new_id() for _ in batch],
            kinds=[row.kind for row in rows],
            names=[row.name for row in rows],
            streets=[street and street.id for _, street, _ in batch],
            crosses=[cross and cross.id for _, _, cross in batch],
            numbers=[_number(row) for row in rows],
            suffixes=[row.suffix for row in rows],
            units=[row.unit for row in rows],
            zips=[row.zip for row in rows],
            codes=[row.code for row in rows],
            easts=[row.point[0] for row in rows],
            norths=[row.point[1] for row in rows],
        )

    def _run(self, statement: str, **arrays: Sequence[object]) -> None:
        named = {"tenant": self._db.tenant_id, "list": self._list}
        self._db.session.execute(text(statement), {**named, **arrays})


def _number(row: Row) -> int | None:
    return number_of(row.code) if row.code else row.number


STREETS = """
insert into place_street (tenant_id, id, list_id, name, locality)
select :tenant, id, :list, name, ''
from unnest(cast(:ids as uuid[]), cast(:names as text[])) as t (id, name)
"""
MIDDLES = """
update place_street
set locality = t.locality, longitude = t.east, latitude = t.north
from unnest(
    cast(:ids as uuid[]), cast(:localities as text[]),
    cast(:easts as float8[]), cast(:norths as float8[])
) as t (id, locality, east, north)
where place_street.tenant_id = :tenant and place_street.list_id = :list
    and place_street.id = t.id
"""
PLACES = """
insert into place (
    tenant_id, id, list_id, kind, name, street_id, cross_id, number, suffix, unit, zip,
    code, longitude, latitude
)
select :tenant, t.id, :list, t.kind, t.name, t.street, t.cross_street, t.number,
    t.suffix, t.unit, t.zip, t.code, t.east, t.north
from unnest(
    cast(:ids as uuid[]), cast(:kinds as text[]), cast(:names as text[]),
    cast(:streets as uuid[]), cast(:crosses as uuid[]), cast(:numbers as int[]),
    cast(:suffixes as text[]), cast(:units as text[]), cast(:zips as text[]),
    cast(:codes as text[]), cast(:easts as float8[]), cast(:norths as float8[])
) as t (
    id, kind, name, street, cross_street, number, suffix, unit, zip, code, east, north
)
"""
