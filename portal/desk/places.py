"""Where it is: what the typed words may mean, and whose a place outside is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct

import calls
import tenants
from calls import Call
from portal.desk.seat import Seat
from tenants import places
from tenants.places import Found, Geocoder
from tenants.rules import inside
from tenants.town import Neighbour, Point, Town
from townline import proof
from townline.auth import Person
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

# Fewer letters begin too many names for somebody outside to be asked.
WORTH_ASKING = 5
# More landmarks than this cover the map they are drawn on.
MOST_DRAWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """What the operator has set up beside the towns' own lists: nothing at first."""

    geocoder: Geocoder | None = None
    tiles: str = ""
    credit: str = ""


class Drawn(Struct, frozen=True, kw_only=True):
    """A town's map, as the script of the page draws it."""

    boundary: Sequence[tuple[float, float]]
    places: Sequence[tuple[str, float, float]]
    tiles: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """``ours`` are towns of this service, ``offices`` whoever has only a telephone.

    ``came_from`` is where the call was before; there it can go back. A call that has
    its ending stays where it is.
    """

    town: Town
    call: Call
    is_inside: bool | None
    ours: Sequence[Town]
    offices: Sequence[Neighbour]
    came_from: Town | None

    @property
    def may_move(self) -> bool:
        return self.call.disposition is None

    @property
    def on_the_line(self) -> bool:
        """Somebody else can be rung for a caller who is there."""
        return self.call.connected_at is not None and self.call.ended_at is None


def known(db: TenantSession, typed: str, *, near: Point | None) -> Sequence[Found]:
    """The town's own places, first those near the point that was chosen last."""
    return places.search(db, typed, near=near or middle(tenants.current(db).town))


def asked(geography: Geography, typed: str, *, near: Point) -> Sequence[Found]:
    """Whoever else knows places; only asked when the town's own list has nothing."""
    if geography.geocoder is None or len(typed.strip()) < WORTH_ASKING:
        return ()
    return geography.geocoder.find(typed.strip(), near=near)


def middle(town: Town) -> Point:
    east, north = zip(*town.boundary, strict=True)
    return (min(east) + max(east)) / 2, (min(north) + max(north)) / 2


def drawn(db: TenantSession, geography: Geography) -> Drawn:
    landmarks = places.landmarks(db)[:MOST_DRAWN]
    return Drawn(
        boundary=[(north, east) for east, north in tenants.current(db).town.boundary],
        places=[
            (each.name, each.point[1], each.point[0])
            for each in landmarks
            if each.point
        ],
        tiles=geography.tiles,
        credit=geography.credit,
    )


def whose(seat: Seat, slug: str, call_id: UUID, point: Point | None) -> Whose:
    """Of a neighbouring town its own boundary decides, if the agent serves it."""
    with seat.town(slug) as db:
        town, call = tenants.current(db).town, calls.get(db, call_id)
    is_inside = inside(town, point) if point else None
    near = [each.town for each in town.neighbours if each.town]
    ours = [other for other in _served(seat, near) if point and inside(other, point)]
    return Whose(
        town=town,
        call=call,
        is_inside=is_inside,
        ours=() if is_inside else ours,
        offices=[each for each in town.neighbours if each.town is None],
        came_from=_came_from(seat, call),
    )


def move(seat: Seat, slug: str, call_id: UUID, *, to: str) -> None:
    """To a neighbour of the town's, or back to where the call came from."""
    here = whose(seat, slug, call_id, None)
    near = {each.town for each in here.town.neighbours}
    if here.came_from:
        near.add(here.came_from.slug)
    if to not in near:
        raise NotFound
    with seat.town(slug) as db:
        whence = db.tenant_id
    with seat.town(to) as db:
        there = db.tenant_id
    calls.move(seat.database, whence, call_id, to=there, by=seat.person, at=seat.at)


def refer(
    db: TenantSession, call_id: UUID, key: str, *, by: Person, at: datetime
) -> None:
    """The caller was told whom to call: logged, and the end of this call."""
    named = {each.key: each for each in tenants.current(db).town.neighbours}
    office = named.get(key)
    if office is None or office.phone is None:
        raise NotFound
    agent, town = Actor("agent", by.name), tenants.current(db).town
    calls.wrap_up(db, call_id, "wrong_city", by=agent, at=at)
    proof.record(
        db,
        "call.referred",
        subject=call_id,
        at=at,
        actor=agent,
        office=office.name.in_(town.languages[0]),
        number=office.phone,
    )


def _served(seat: Seat, slugs: Sequence[str]) -> list[Town]:
    found = []
    for slug in slugs:
        try:
            with seat.town(slug) as db:
                found.append(tenants.current(db).town)
        except NotFound:
            # Not a town of this agent's: its callers are somebody else's.
            continue
    return found


def _came_from(seat: Seat, call: Call) -> Town | None:
    if call.moved_from is None or not seat.person.serves(call.moved_from):
        return None
    with seat.database.everybody() as session:
        slug = tenants.by_id(session, call.moved_from).slug
    return next(iter(_served(seat, [slug])), None)
