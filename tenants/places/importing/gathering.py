"""What a file comes to, record by record: places, streets, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tenants.places.distances import metres
from tenants.places.importing.columns import Columns
from tenants.places.importing.files import Record, records
from tenants.places.importing.rows import Row, Unusable, row_of
from tenants.places.models import Kind
from tenants.places.words import normalised
from tenants.rules import inside
from tenants.town import Point, Town
from townline.db import new_id

# A county or two away: latitude and longitude are swapped, or it is another town's.
TOO_FAR = 100_000.0


@dataclass(frozen=True, slots=True)
class BadLine:
    line: int
    remedy: str


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever imports says of the file: its kind of places, its columns."""

    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Course:
    """A street while it is gathered: its middle is the mean of what lies on it."""

    id: UUID
    name: str
    locality: str
    points: int = 0
    east: float = 0.0
    north: float = 0.0

    def passes(self, point: Point) -> None:
        self.points += 1
        self.east += point[0]
        self.north += point[1]

    @property
    def middle(self) -> Point:
        return self.east / self.points, self.north / self.points


@dataclass(slots=True)
class Gathering:
    """Counts add up: ``read`` is what was kept, said twice, lines and bad lines."""

    town: Town
    told: Told
    read: int = 0
    kept: int = 0
    twice: int = 0
    lines: int = 0
    outside: int = 0
    bad: list[BadLine] = field(default_factory=list)
    courses: dict[tuple[str, str], Course] = field(default_factory=dict)
    drawn: list[tuple[Course, Row]] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _columns: dict[tuple[str, ...], Columns] = field(default_factory=dict)

    def places(self, path: Path) -> Iterator[tuple[Row, Course | None, Course | None]]:
        """Each place with its street, and a crossing with both."""
        for record in records(path):
            self.read += 1
            try:
                row = row_of(record, self._columns_of(record), kind=self.told.kind)
                self._check_distance(row)
            except Unusable as unusable:
                self.bad.append(BadLine(record.line, str(unusable)))
                continue
            if row.kind == "line":
                self._draw(row)
            elif self._is_new(row):
                yield row, self._course(row, row.street), self._course(row, row.cross)

    def named_apart(self) -> Iterator[Course]:
        """A village is named only where two of them have a street of that name."""
        villages: dict[str, set[str]] = {}
        for key, locality in self.courses:
            villages.setdefault(key, set()).add(locality)
        for (key, _), course in self.courses.items():
            if len(villages[key]) == 1:
                course.locality = ""
            yield course

    def _columns_of(self, record: Record) -> Columns:
        header = tuple(record.values)
        if header not in self._columns:
            # Only the first record must have every column that was named.
            known = set(header) if self._columns else None
            told = {
                field: name
                for field, name in self.told.columns.items()
                if known is None or name in known
            }
            self._columns[header] = Columns.of(header, told)
        return self._columns[header]

    def _check_distance(self, row: Row) -> None:
        spot = row.line[0][0] if row.line else row.point
        if metres(spot, self.town.boundary[0]) > TOO_FAR:
            far = f"it lies far from {self.town.name.in_('en')}"
            raise Unusable(f"{far}: are latitude and longitude swapped?")

    def _draw(self, row: Row) -> None:
        self.lines += 1
        if course := self._course(row, row.street):
            for spot in (each for line in row.line for each in line):
                course.passes(spot)
            self.drawn.append((course, row))

    def _is_new(self, row: Row) -> bool:
        same = hash(
            (
                row.kind,
                normalised(row.street),
                row.locality,
                row.cross,
                row.number,
                row.suffix,
                row.unit,
                row.name,
                row.code,
            )
        )
        if same in self._seen:
            self.twice += 1
            return False
        self._seen.add(same)
        self.kept += 1
        self.outside += not inside(self.town, row.point)
        return True

    def _course(self, row: Row, street: str) -> Course | None:
        if not street:
            return None
        key = (" ".join(normalised(street)), row.locality)
        course = self.courses.get(key)
        if course is None:
            course = self.courses[key] = Course(new_id(), street, row.locality)
        if row.kind != "line":
            course.passes(row.point)
        return course
