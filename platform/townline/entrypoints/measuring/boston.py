"""Boston's requests and the pairs its staff wrote down, as the score sees them."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tickets.duplicates import Known, plain

REQUESTS = "requests_2011_jul_oct.csv.gz"
PAIRS = "duplicate_pairs_2011_jul_oct.csv"

Row = dict[str, str]


def cases(folder: Path) -> list[Known]:
    """Every request, oldest first. Its title is its type: residents' words are not
    published, so nothing here can be learnt of words.

    A caller counts as added when staff closed their request as a repetition.
    """
    with gzip.open(folder / REQUESTS, "rt", newline="") as file:
        rows = [_case(row) for row in csv.DictReader(file)]
    joined = defaultdict[UUID, list[datetime]](list)
    closed = {row.id: row.closed_at for row in rows}
    for repetition, original in pairs(folder):
        if added := closed[repetition]:
            joined[original].append(added)
    found = (_with_callers(row, joined[row.id]) for row in rows)
    return sorted(found, key=lambda case: (case.opened_at, case.id))


def pairs(folder: Path) -> Iterator[tuple[UUID, UUID]]:
    """A repetition and what it repeats."""
    with (folder / PAIRS).open(newline="") as file:
        for row in csv.DictReader(file):
            yield _id(row["duplicate_id"]), _id(row["original_id"])


def _case(row: Row) -> Known:
    return Known(
        id=_id(row["case_enquiry_id"]),
        category=_key(row["type"]),
        group=_key(row["reason"]),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        opened_at=_wall(row["open_dt"]),
        closed_at=_wall(row["closed_dt"]) if row["closed_dt"] else None,
        place=plain(row["location"]),
    )


def _with_callers(case: Known, joined: list[datetime]) -> Known:
    return replace(case, joined=tuple(sorted(joined))) if joined else case


def _id(number: str) -> UUID:
    return UUID(int=int(number))


def _key(name: str) -> str:
    return "_".join(name.lower().split())


def _wall(written: str) -> datetime:
    """Wall time in Boston, for which any one zone does: only differences count."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
