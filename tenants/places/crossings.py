"""Where two streets meet: as the file says, or between their nearest addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from uuid import UUID

from sqlalchemy import and_, or_, select

from tenants.places.distances import Cloud, closest, cloud
from tenants.places.found import Found
from tenants.places.gazetteer import Gazetteer, Name
from tenants.places.models import Place
from tenants.places.typed import names_something
from tenants.places.words import normalised
from tenants.town import Point
from townline.tenancy import TenantSession

# The streets that each half may mean.
HALF = 5
# Corner houses of streets that meet; two that do not are further apart.
CORNER = 120.0
# Of the longest streets enough to find the corner.
ADDRESSES = 6_000


def crossings(
    db: TenantSession,
    known: Gazetteer,
    pair: tuple[str, str],
    *,
    near: Point | None,
) -> Sequence[Found]:
    """The likeliest first, as the halves are; a half that names nothing finds none."""
    halves = [_half(known, typed, near) for typed in pair]
    if not all(halves):
        return []
    listed = list(_listed(db, *halves))
    return listed or list(_estimated(db, *halves))


def _half(known: Gazetteer, typed: str, near: Point | None) -> list[Name]:
    words = normalised(typed)
    wanted = typed if names_something(words) else ""
    return [name for name, _ in known.streets(wanted, near=near)[:HALF]]


def _listed(
    db: TenantSession, some: Sequence[Name], others: Sequence[Name]
) -> Iterator[Found]:
    here, there = ([each.street for each in half] for half in (some, others))
    rows = db.session.execute(
        select(Place.name, Place.longitude, Place.latitude).where(
            Place.tenant_id == db.tenant_id,
            Place.kind == "intersection",
            or_(
                and_(Place.street_id.in_(here), Place.cross_id.in_(there)),
                and_(Place.street_id.in_(there), Place.cross_id.in_(here)),
            ),
        )
    )
    for name, longitude, latitude in rows:
        yield Found(
            kind="intersection", label=name, latitude=latitude, longitude=longitude
        )


def _estimated(
    db: TenantSession, some: Sequence[Name], others: Sequence[Name]
) -> Iterator[Found]:
    known = _addresses(db, {each.street for each in (*some, *others) if each.street})
    for one, other in product(some, others):
        if one.street is None or other.street is None or one == other:
            continue
        if not (one.street in known and other.street in known):
            continue
        (longitude, latitude), apart = closest(known[one.street], known[other.street])
        if apart <= CORNER:
            yield Found(
                kind="intersection",
                label=f"{one.label} & {other.label}",
                latitude=latitude,
                longitude=longitude,
                confidence="near",
            )


def _addresses(db: TenantSession, streets: Iterable[UUID]) -> dict[UUID, Cloud]:
    rows = db.session.execute(
        select(Place.street_id, Place.longitude, Place.latitude)
        .where(
            Place.tenant_id == db.tenant_id,
            Place.street_id.in_(streets),
            Place.kind == "address",
        )
        .limit(ADDRESSES)
    )
    known: dict[UUID, list[Point]] = defaultdict(list)
    for street_id, longitude, latitude in rows:
        if street_id is not None:
            known[street_id].append((longitude, latitude))
    return {street_id: cloud(points) for street_id, points in known.items()}
