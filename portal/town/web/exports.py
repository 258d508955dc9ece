"""The list of tickets as a file, with the filters of the page it is asked from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Stream

import tenants
from portal.town.hall import Hall
from portal.town.tickets import exports
from portal.town.tickets.filters import Asked, filters_of
from tenants.town import Town
from tickets import Filters
from townline.tenancy import TenantSession

AnyRequest = Request[Any, Any, Any]
Written = Iterator[str | bytes]
Write = Callable[[TenantSession, Town, Filters], Iterator[str] | Iterator[bytes]]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/tickets.csv", sync_to_thread=False)
def export_csv(request: AnyRequest, hall: NamedDependency[Hall]) -> Stream:
    rows = _written(hall, exports.csv_of, _asked(request))
    return _file(hall, rows, "csv", "text/csv; charset=utf-8")


@get("/tickets.xlsx", sync_to_thread=True)
def export_sheet(request: AnyRequest, hall: NamedDependency[Hall]) -> Stream:
    """Whole before its first byte leaves, so that too long a list is said to be."""
    with hall.town() as db:
        town = tenants.current(db).town
        filters = filters_of(_asked(request), town, hall)
        file = exports.sheet_of(db, town, filters)
    return _file(hall, exports.chunks(file), "xlsx", SHEET)


@get("/tickets.geojson", sync_to_thread=False)
def export_geojson(request: AnyRequest, hall: NamedDependency[Hall]) -> Stream:
    features = _written(hall, exports.geojson_of, _asked(request))
    return _file(hall, features, "geojson", "application/geo+json")


def _file(hall: Hall, written: Written, ending: str, media_type: str) -> Stream:
    name = f"{hall.slug}-tickets-{hall.at:%Y-%m-%d}.{ending}"
    return Stream(
        written,
        media_type=media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _asked(request: AnyRequest) -> Asked:
    return Asked.of(dict(request.query_params))


def _written(hall: Hall, write: Write, asked: Asked) -> Written:
    """The transaction is open for as long as somebody reads."""
    with hall.town() as db:
        town = tenants.current(db).town
        yield from write(db, town, filters_of(asked, town, hall))


ROUTES = (export_csv, export_sheet, export_geojson)
