"""A list of tickets as a file: for a spreadsheet, a map, or another program.

A file is written while it is read from the database: a town's whole history takes no
more memory than a page of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any, get_args
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

import tickets
from portal.town.story import vocabulary
from tenants.town import Town
from tickets import Channel, Exported, Filters, Reason
from townline.errors import Invalid
from townline.i18n import gettext, language
from townline.tenancy import TenantSession

# Without it Excel takes UTF-8 for its own alphabet and spoils every accent.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet would compute instead of showing it (OWASP, CSV injection).
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# Excel's own limit, less the row of headings.
MOST_ROWS = 1_048_575
CHUNK = 64 * 1024


class TooLongForASheet(Invalid):
    """A spreadsheet cannot hold so many; narrow the list, or take it as CSV."""


@dataclass(frozen=True, slots=True)
class Writer:
    """What does not change from row to row, looked up once."""

    zone: ZoneInfo
    categories: Mapping[str, str]
    departments: Mapping[str, str]
    reasons: Mapping[str | None, str]
    channels: Mapping[str, str]

    @classmethod
    def of(cls, town: Town) -> Writer:
        return cls(
            zone=ZoneInfo(town.time_zone),
            categories={e.key: e.name.in_(language()) for e in town.categories},
            departments={e.key: e.name.in_(language()) for e in town.departments},
            reasons={key: vocabulary.reason(key) for key in get_args(Reason)},
            channels={key: vocabulary.came_by(key) for key in get_args(Channel)},
        )

    def cells(self, it: Exported) -> list[Any]:
        return [
            it.tracking,
            self.categories.get(it.category, it.category),
            it.level,
            self.departments.get(it.department, it.department),
            self.channels.get(it.channel, it.channel),
            it.opened_at.astimezone(self.zone),
            it.place,
            it.latitude,
            it.longitude,
            it.promised_at.astimezone(self.zone),
            it.closed_at and it.closed_at.astimezone(self.zone),
            self.reasons.get(it.reason, ""),
        ]


def csv_of(db: TenantSession, town: Town, filters: Filters) -> Iterator[str]:
    """UTF-8 with headings in the asker's language; times are the town's, ISO 8601."""
    yield BYTE_ORDER_MARK + _lines([headings(town)])
    writer = Writer.of(town)
    for rows in tickets.every(db, filters):
        yield _lines([[_text(e) for e in writer.cells(each)] for each in rows])


def geojson_of(db: TenantSession, town: Town, filters: Filters) -> Iterator[bytes]:
    """RFC 7946; a ticket without a point is a feature without a geometry."""
    yield b'{"type":"FeatureCollection","features":['
    comma = b""
    for rows in tickets.every(db, filters):
        features = [msgspec.json.encode(_feature(each)) for each in rows]
        yield comma + b",".join(features)
        comma = b","
    yield b"]}"


def sheet_of(
    db: TenantSession, town: Town, filters: Filters, *, most: int = MOST_ROWS
) -> IO[bytes]:
    """An Excel workbook, whole, to be read from its start; or TooLongForASheet."""
    file = TemporaryFile()  # noqa: SIM115 - closed by whoever has read it
    every = chain.from_iterable(tickets.every(db, filters))
    try:
        _write_sheet(file, town, every, most)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def headings(town: Town) -> list[str]:
    zone = town.time_zone
    return [
        gettext("Number"),
        gettext("Category"),
        gettext("Level"),
        gettext("Department"),
        gettext("Came by"),
        gettext("Came in ({zone})").format(zone=zone),
        gettext("Place"),
        gettext("Latitude"),
        gettext("Longitude"),
        gettext("Promised for ({zone})").format(zone=zone),
        gettext("Closed ({zone})").format(zone=zone),
        gettext("Why closed"),
    ]


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case str() if value.startswith(FORMULAS):
            return f"'{value}"
        case _:
            return str(value)


def _lines(rows: list[list[str]]) -> str:
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _feature(ticket: Exported) -> dict[str, Any]:
    point = [ticket.longitude, ticket.latitude]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    told = msgspec.structs.asdict(ticket)
    for ours in ("id", "latitude", "longitude"):
        del told[ours]
    return {"type": "Feature", "geometry": geometry, "properties": told}


def _write_sheet(
    file: IO[bytes], town: Town, every: Iterable[Exported], most: int
) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as book:
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet(gettext("Tickets"))
        sheet.write_row(0, 0, headings(town), book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        writer = Writer.of(town)
        for number, each in enumerate(every, start=1):
            if number > most:
                raise TooLongForASheet
            _write_row(sheet, number, writer.cells(each), moment)


def _write_row(sheet: Worksheet, number: int, cells: list[Any], moment: Format) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, datetime):
            sheet.write_datetime(number, column, value.replace(tzinfo=None), moment)
        elif isinstance(value, str):
            sheet.write_string(number, column, value)
        elif value is not None:
            sheet.write_number(number, column, value)
