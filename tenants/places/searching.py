"""From what is typed to the places it may mean: streets first, then house numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenants.places import typed as reading
from tenants.places.assets import assets
from tenants.places.crossings import crossings
from tenants.places.doors import doors
from tenants.places.found import Found
from tenants.places.gazetteer import Gazetteer, Name, gazetteer
from tenants.places.keys import Match
from tenants.places.typed import Typed, names_something
from tenants.places.words import normalised
from tenants.town import Point
from townline.tenancy import TenantSession

# As many as can be chosen with one key without looking for it.
MOST = 6
# A line on a crew's phone, as a ticket's place.
LONGEST = 200


def search(
    db: TenantSession, typed: str, *, near: Point | None = None, limit: int = MOST
) -> tuple[Found, ...]:
    """The town's own places, the likeliest first; ``near`` settles what is equal."""
    text = " ".join(typed.split())[:LONGEST]
    if point := reading.point(text):
        return (at_point(point),)
    if not normalised(text):
        return ()
    known = gazetteer(db)
    found: dict[str, Found] = {}
    for each in _meant(db, known, text, near):
        found.setdefault(each.label, each)
        if len(found) == limit:
            break
    return tuple(found.values())


def at_point(point: Point) -> Found:
    """A point on the map has no name but its coordinates."""
    longitude, latitude = point
    return Found(
        kind="point",
        label=f"{latitude:.5f}, {longitude:.5f}",
        latitude=latitude,
        longitude=longitude,
    )


def _meant(
    db: TenantSession, known: Gazetteer, text: str, near: Point | None
) -> Iterator[Found]:
    if pair := reading.crossing(text):
        yield from crossings(db, known, pair, near=near)
    coded = reading.thing(text)
    # "12" alone is a thing's number; "12 elm" is a door, unless no street is like it.
    if coded and (coded.isdigit() or reading.names_a_thing(text)):
        yield from assets(db, coded)
        coded = ""
    yield from _named(db, known, reading.address(text), near)
    if coded:
        yield from assets(db, coded)


def _named(
    db: TenantSession, known: Gazetteer, typed: Typed, near: Point | None
) -> Iterator[Found]:
    if typed.number is not None and names_something(normalised(typed.street)):
        streets = known.find(typed.street, near=near)
        found = doors(db, [each for each in streets if each[0].street], typed)
        exact = [each for each in found if each.confidence == "exact"]
        yield from exact
        # "7 Eleven" begins with a number, and is no house.
        yield from _found(known.begin(typed.whole, near=near), landmarks=True)
        yield from (each for each in found if each.confidence != "exact")
    else:
        yield from _found(known.find(typed.whole, near=near))


def _found(
    names: Sequence[tuple[Name, Match]], *, landmarks: bool = False
) -> Sequence[Found]:
    return [
        Found(
            kind="address" if name.street else "landmark",
            label=name.label,
            latitude=name.point[1],
            longitude=name.point[0],
            # A street is long: its middle is only near.
            confidence="near" if name.street else "exact",
        )
        for name, _ in names
        if name.point and not (landmarks and name.street)
    ]
