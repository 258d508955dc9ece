"""Two tickets made one, and one made two: a page to look at first, then the act."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

import tenants
import tickets
from portal.submission import submit
from portal.town.hall import Hall
from portal.town.tickets import looking, second_thoughts
from portal.town.tickets.file import file_of
from portal.town.tickets.second_thoughts import Merging, NewPart
from townline.db import new_id
from townline.errors import Invalid
from townline.i18n import gettext


@get("/tickets/{tracking:str}/merging", sync_to_thread=True)
def choose_other(
    tracking: FromPath[str], hall: NamedDependency[Hall], into: FromQuery[str] = ""
) -> Template:
    """Which ticket stays; with one chosen, both beside each other."""
    return _merging(hall, tracking, Merging(into=into))


@post("/tickets/{tracking:str}/merging", status_code=HTTP_200_OK, sync_to_thread=True)
def merge_tickets(
    tracking: FromPath[str], data: URLEncodedBody[Merging], hall: NamedDependency[Hall]
) -> Template | Redirect:
    if not data.confirmed:
        return _merging(hall, tracking, data, must_choose=True)
    try:
        into = second_thoughts.merge(hall, tracking, data)
    except Invalid as fault:
        return _merging(hall, tracking, data, fault=fault)
    return hall.to(f"/tickets/{into}")


@get("/tickets/{tracking:str}/parts", sync_to_thread=True)
def show_parts(tracking: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    return _parts(hall, tracking, NewPart(key=str(new_id())))


@post("/tickets/{tracking:str}/parts", sync_to_thread=True)
def split_ticket(
    tracking: FromPath[str], data: URLEncodedBody[NewPart], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return submit(
        lambda: second_thoughts.split(hall, tracking, data),
        again=lambda fault: _parts(hall, tracking, data, fault=fault),
        to=f"{hall.address}/tickets/{tracking}#family",
    )


def _merging(
    hall: Hall,
    tracking: str,
    asked: Merging,
    *,
    fault: Invalid | None = None,
    must_choose: bool = False,
) -> Template:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        if ticket.closed_at:
            raise tickets.AlreadyClosed
        pair = None
        try:
            if asked.into or must_choose:
                pair = second_thoughts.pair_of(hall, db, ticket, asked.into)
        except Invalid as nobody:
            fault = nobody
        return hall.page(
            "merging.html",
            tenants.current(db).town,
            status_code=_status(fault),
            ticket=ticket,
            asked=asked,
            pair=pair,
            alike=() if pair else second_thoughts.alike(hall, db, ticket),
            refused=gettext(str(fault)) if fault else "",
        )


def _parts(
    hall: Hall, tracking: str, asked: NewPart, *, fault: Invalid | None = None
) -> Template:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        it = file_of(db, ticket, at=hall.at)
        looking.at_ticket(db, hall, it)
        return hall.page(
            "parts_of.html",
            tenants.current(db).town,
            status_code=_status(fault),
            it=it,
            asked=asked,
            wrong=(fault.field or "") if fault else "",
            refused=gettext(str(fault)) if fault else "",
        )


def _status(fault: Invalid | None) -> int:
    return HTTP_422_UNPROCESSABLE_ENTITY if fault else HTTP_200_OK


ROUTES = (choose_other, merge_tickets, show_parts, split_ticket)
