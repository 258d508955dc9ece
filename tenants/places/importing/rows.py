"""From a record to a place, or to what keeps it from being one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal, get_args

from tenants.places import typed
from tenants.places.importing.columns import Columns
from tenants.places.importing.files import Record
from tenants.places.models import Kind
from tenants.places.typed import Typed
from tenants.places.words import code, normalised
from tenants.town import Point

# A centreline: it makes a street and, with others, its crossings.
RowKind = Literal["address", "intersection", "landmark", "asset", "line"]
Said = Callable[[str], str]
# What fits PostgreSQL's integer, and no house has.
HIGHEST = 999_999
# Beside the columns' own lengths a name may be as long as a ticket's place.
LONGEST = 200


class Unusable(Exception):
    """What is wrong with a record, as a sentence that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A place as a file has it; ``line`` is the course of a street."""

    kind: RowKind
    name: str = ""
    street: str = ""
    locality: str = ""
    cross: str = ""
    number: int | None = None
    suffix: str = ""
    unit: str = ""
    zip: str = ""
    code: str | None = None
    point: Point = (0.0, 0.0)
    line: tuple[Sequence[Point], ...] = ()


def row_of(record: Record, columns: Columns, *, kind: Kind | None) -> Row:
    """The place that a record means; ``kind`` where the file itself does not say."""
    if record.fault:
        raise Unusable(record.fault)

    def said(field: str) -> str:
        return columns.value(field, record.values)[:LONGEST]

    row = Row(
        kind="address",
        name=cased(said("name")),
        street=cased(" ".join(filter(None, map(said, ("before", "street", "after"))))),
        locality=cased(said("locality")),
        cross=cased(said("cross")),
        unit=said("unit")[:20],
        zip=said("zip")[:10],
    )
    if lines := _lines(record.shape):
        return _street_line(row, lines)
    row = replace(row, point=_point(record, columns))
    match _kind(said("kind"), said("code"), row, kind):
        case "landmark":
            return _landmark(row)
        case "intersection":
            return _intersection(row, said("address") or row.name)
        case "asset":
            return _asset(row, said("code") or row.name, said("type"))
        case _:
            return _address(row, _typed(said, row))


def cased(name: str) -> str:
    """ "ELM ST" is shouted; "Elm St" is how it is written on a ticket."""
    if not name.isupper() or len(name) < 4:
        return name
    small = {"De", "Des", "Du", "La", "Le", "Les", "Et"}
    words = name.title().split()
    return " ".join(
        word.lower() if at and word in small else word for at, word in enumerate(words)
    )


def _kind(said: str, coded: str, row: Row, otherwise: Kind | None) -> str:
    if said.casefold() in get_args(Kind):
        return said.casefold()
    if said:
        known = ", ".join(get_args(Kind))
        raise Unusable(f'"{said}" is no kind of place: write one of {known}')
    if otherwise:
        return otherwise
    if coded:
        return "asset"
    if row.cross:
        return "intersection"
    return "landmark" if row.name and not row.street else "address"


def _typed(said: Said, row: Row) -> Typed:
    """Number and street from their columns, or from the one that holds both."""
    if row.street and said("number"):
        whole = f"{said('number')}{said('suffix')} {row.street}"
        found = typed.address(f"{said('number')}{said('suffix')}")
        if found.number is None:
            raise Unusable(
                f'"{said("number")}" is no house number: write digits, as in 12 or 12A'
            )
        return replace(found, street=row.street, whole=whole)
    written = cased(said("address") or row.street)
    if not normalised(written):
        raise Unusable("it has no street: fill it in, or name the street's column")
    return typed.address(written)


def _address(row: Row, found: Typed) -> Row:
    if found.number is None:
        raise Unusable("it has no house number: fill it in, or leave the line out")
    if not 0 < found.number <= HIGHEST:
        raise Unusable(f"{found.number} is no house number: check its digits")
    street = found.street.split(",")[0].strip()
    if not normalised(street):
        raise Unusable("it has no street: fill it in, or name the street's column")
    return replace(
        row,
        name="",
        street=street,
        number=found.number,
        suffix=found.suffix,
        unit=row.unit or found.unit,
    )


def _landmark(row: Row) -> Row:
    if not normalised(row.name):
        raise Unusable("it has no name: fill it in, or name the column of the names")
    return replace(row, kind="landmark", street="", cross="")


def _intersection(row: Row, written: str) -> Row:
    pair = (row.street, row.cross)
    if not all(pair):
        pair = typed.crossing(written) or ("", "")
    if not all(map(normalised, pair)):
        raise Unusable("it does not name two streets: fill in the second one")
    one, other = map(cased, pair)
    name = f"{one} & {other}"
    return replace(row, kind="intersection", street=one, cross=other, name=name)


def _asset(row: Row, written: str, sort: str) -> Row:
    plain = code(written)
    if not plain or len(plain) > 40:
        raise Unusable("it has no number of its own: fill in what is painted on it")
    name = f"{cased(sort).capitalize()} {written}" if sort else written
    return replace(row, kind="asset", name=name, code=plain, street="", cross="")


def _street_line(row: Row, lines: tuple[Sequence[Point], ...]) -> Row:
    street = row.street or row.name
    if not normalised(street):
        raise Unusable("this line has no street's name: fill it in, or leave it out")
    return Row(kind="line", street=street, locality=row.locality, line=lines)


def _lines(shape: Mapping[str, object]) -> tuple[Sequence[Point], ...]:
    course = shape.get("coordinates")
    try:
        match shape.get("type"):
            case "LineString":
                return (_course(course),)
            case "MultiLineString" if isinstance(course, list):
                return tuple(_course(each) for each in course)
            case _:
                return ()
    except (TypeError, ValueError, IndexError) as wrong:
        raise Unusable("its line cannot be read: export it once more") from wrong


def _course(points: object) -> Sequence[Point]:
    if not isinstance(points, list):
        raise TypeError
    return [_degrees(each[0], each[1]) for each in points]


def _point(record: Record, columns: Columns) -> Point:
    if record.shape.get("type") == "Point":
        spot = record.shape.get("coordinates")
        east, north = spot[:2] if isinstance(spot, list) and len(spot) > 1 else ("", "")
    else:
        east = columns.value("longitude", record.values)
        north = columns.value("latitude", record.values)
    if east == "" or north == "":
        raise Unusable("it has no latitude and longitude: fill them in")
    return _degrees(east, north)


def _degrees(east: object, north: object) -> Point:
    try:
        point = _number(east), _number(north)
    except ValueError as wrong:
        raise Unusable(f"{north}, {east} are no numbers: write degrees") from wrong
    if abs(point[0]) > 180 or abs(point[1]) > 90:
        raise Unusable(
            f"{north}, {east} are no degrees: export the file in WGS 84 (EPSG:4326)"
        )
    return point


def _number(value: object) -> float:
    found = float(str(value).strip().replace(",", "."))
    if not isfinite(found):
        raise ValueError(value)
    return found
