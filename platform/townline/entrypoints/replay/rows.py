"""One line of a town's real requests, as every format is understood."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from gzip import GzipFile
from io import TextIOWrapper
from pathlib import Path

from tenants.town import Language
from tickets import Channel, Reason

GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """A row that cannot be understood; the words say why, for the summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``number`` counts the file's rows from 1. Wall times are the town's own.

    ``closes`` is when it was really closed, None when it never was. A file that says
    only that it was closed has ``closed`` without ``closes``: a lot says when.
    """

    number: int
    opens: datetime
    category: str
    channel: Channel
    language: Language
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    words: str = ""
    closed: bool = False
    closes: datetime | None = None
    reason: Reason = "done"
    note: str = ""


def lines(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The file's rows by their numbers; gzip is known by its first bytes."""
    with path.open("rb") as file:
        packed = file.peek(len(GZIP)).startswith(GZIP)
        raw = GzipFile(fileobj=file) if packed else file
        with TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            yield from enumerate(csv.DictReader(text), start=1)


def cell(line: Mapping[str, str | None], name: str) -> str:
    """What the column holds, with its spaces put in order; "" when it is missing."""
    return " ".join((line.get(name) or "").split())
