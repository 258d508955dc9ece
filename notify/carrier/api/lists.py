"""Lists as Twilio cuts them into pages, and the filters on their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from litestar.datastructures import MultiDict
from msgspec import Struct

Record = TypeVar("Record")

DEFAULT_PAGE_SIZE = 50
LARGEST_PAGE = 1000


class Page(Struct, kw_only=True):
    end: int
    first_page_uri: str
    next_page_uri: str | None
    page: int
    page_size: int
    previous_page_uri: str | None
    start: int
    uri: str


class Cut(Generic[Record]):
    """The part of a list that a query asks for."""

    def __init__(
        self, records: Iterable[Record], path: str, query: MultiDict[str]
    ) -> None:
        self._path = path
        self._query = {
            name: text
            for name, text in query.items()
            if name not in {"Page", "PageSize", "PageToken"}
        }
        self.number = _whole(query.get("Page"), 0)
        self.size = min(_whole(query.get("PageSize"), DEFAULT_PAGE_SIZE), LARGEST_PAGE)
        start = self.number * self.size
        # One more than asked for tells whether another page follows.
        found = list(islice(records, start, start + self.size + 1))
        self.records, self._more = found[: self.size], len(found) > self.size

    def fields(self) -> dict[str, Any]:
        """Return what a page says of itself, for the page's own structure."""
        start = self.number * self.size
        return {
            "start": start,
            "end": start + max(len(self.records) - 1, 0),
            "page": self.number,
            "page_size": self.size,
            "uri": self._uri(self.number),
            "first_page_uri": self._uri(0),
            "next_page_uri": self._uri(self.number + 1) if self._more else None,
            "previous_page_uri": self._uri(self.number - 1) if self.number else None,
        }

    def _uri(self, number: int) -> str:
        query = {**self._query, "PageSize": self.size, "Page": number}
        return f"{self._path}?{urlencode(query)}"


def in_period(at: datetime | None, query: MultiDict[str], name: str) -> bool:
    """Apply ``Name=``, ``Name<=`` and ``Name>=``, each a day or an instant in GMT."""
    for suffix, keeps in (("", 0), ("<", -1), (">", 1)):
        bound = query.get(name + suffix)
        if bound and (at is None or _side(at, bound) not in {0, keeps}):
            return False
    return True


def _side(at: datetime, bound: str) -> int:
    """Return on which side of a bound an instant lies: -1, 0 or 1."""
    if len(bound) == len("2026-01-31"):
        here: date = at.date()
        there: date = date.fromisoformat(bound)
    else:
        here, there = at.replace(microsecond=0), datetime.fromisoformat(bound)
    return (here > there) - (here < there)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
