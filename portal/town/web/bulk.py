"""``/tickets/bulk``: tickets that were ticked, one act on all of them, and its news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
from portal.town.hall import Hall
from portal.town.tickets import bulk
from portal.town.tickets.bulk import NothingChosen, Wish
from portal.town.tickets.filters import Asked
from portal.town.tickets.listing import choices
from tickets import Ticket
from tickets import bulk as acts
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession

AnyRequest = Request[Any, Any, Any]


@get("/tickets/bulk", sync_to_thread=True)
def choose_act(request: AnyRequest, hall: NamedDependency[Hall]) -> Template | Redirect:
    """Of the ticked ones, or with ``all`` of the whole list."""
    given = dict(request.query_params)
    asked = Asked.of(given)
    with hall.town() as db:
        town = tenants.current(db).town
        of_all = bool(given.get("all"))
        numbers = bulk.of_list(db, asked, town, hall) if of_all else bulk.ticked(given)
        try:
            several = bulk.chosen(db, hall, numbers)
        except NothingChosen:
            return hall.to(f"/tickets?{asked.query()}")
        return _form(db, hall, several, Wish())


@post("/tickets/bulk", status_code=HTTP_200_OK, sync_to_thread=True)
def do_together(
    data: URLEncodedBody[Wish], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Sent once it shows what would come of it; sent again, confirmed, it begins."""
    if data.confirmed:
        return hall.to(f"/tickets/bulk/{bulk.begin(hall, data)}")
    with hall.town() as db:
        several = bulk.chosen(db, hall, data.tickets.split())
        try:
            bulk.check(db, hall, data)
            foreseen = bulk.foresee(db, hall, data, several)
        except Invalid as fault:
            return _form(db, hall, several, data, fault)
        return hall.page(
            "bulk_preview.html",
            tenants.current(db).town,
            wish=data,
            foreseen=foreseen,
            offered=choices(db, tenants.current(db).town, hall),
        )


@get("/tickets/bulk/{bulk_id:uuid}", sync_to_thread=True)
def show_progress(bulk_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        act = bulk.begun(db, hall, bulk_id)
        it = acts.progress(db, act)
        town = tenants.current(db).town
        return hall.page("bulk_progress.html", town, it=it, bulk_id=bulk_id)


@post("/tickets/bulk/{bulk_id:uuid}/stop", sync_to_thread=True)
def stop(bulk_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Redirect:
    """What is done stays done."""
    bulk.stop(hall, bulk_id)
    return hall.to(f"/tickets/bulk/{bulk_id}")


def _form(
    db: TenantSession,
    hall: Hall,
    several: Sequence[Ticket],
    wish: Wish,
    refused: Invalid | None = None,
) -> Template:
    town = tenants.current(db).town
    return hall.page(
        "bulk.html",
        town,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        several=several,
        wish=wish,
        acts=bulk.acts_of(hall),
        offered=choices(db, town, hall),
        refused=gettext(str(refused)) if refused else "",
        wrong=refused.field if refused else "",
    )


ROUTES = (choose_act, do_together, show_progress, stop)
