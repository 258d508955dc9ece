"""What a town's people do about a ticket: write a note, close it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
import tickets
from portal.town.file import file_of
from portal.town.hall import Hall
from portal.town.web.tickets import ticket_page
from tickets import Audience, Reason
from townline.errors import Invalid
from townline.i18n import gettext


@dataclass(frozen=True, slots=True)
class NewNote:
    body: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """``confirmed`` is empty the first time: then it is said what closing does."""

    reason: str = ""
    note: str = ""
    confirmed: str = ""


class NoSuchAudience(Invalid):
    """Choose who may read this note."""


class NoSuchReason(Invalid):
    """Choose why this ticket is closed."""


@post("/tickets/{tracking:str}/notes", sync_to_thread=True)
def add_note(
    tracking: FromPath[str], data: URLEncodedBody[NewNote], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        with hall.town() as db:
            ticket = tickets.by_tracking(db, tracking)
            tickets.add_note(
                db,
                ticket.id,
                data.body,
                audience=_audience(data.audience),
                by=hall.actor,
                at=hall.at,
            )
    except Invalid as fault:
        return _again(tracking, hall, fault, typed=data)
    return _back(hall, tracking, "#notes")


@post("/tickets/{tracking:str}/closure", status_code=HTTP_200_OK, sync_to_thread=True)
def close_ticket(
    tracking: FromPath[str], data: URLEncodedBody[Closing], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Sent once it asks; sent again, with its own button, it closes."""
    if not data.confirmed:
        return _ask(tracking, hall, data)
    try:
        with hall.town() as db:
            tickets.close(
                db,
                tickets.by_tracking(db, tracking).id,
                reason=_reason(data.reason),
                note=data.note,
                by=hall.actor,
                at=hall.at,
            )
    except Invalid as fault:
        return _again(tracking, hall, fault, typed=data)
    return _back(hall, tracking)


def _ask(tracking: str, hall: Hall, closing: Closing) -> Template:
    try:
        _reason(closing.reason)
    except Invalid as fault:
        return _again(tracking, hall, fault, typed=closing)
    with hall.town() as db:
        it = file_of(db, tickets.by_tracking(db, tracking), at=hall.at)
        town = tenants.current(db).town
        return hall.page("closing.html", town, it=it, closing=closing)


def _again(
    tracking: str, hall: Hall, fault: Invalid, *, typed: NewNote | Closing
) -> Template:
    """The page as it is now, with what was typed and what is wrong with it."""
    with hall.town() as db:
        return ticket_page(
            db,
            tracking,
            hall=hall,
            status_code=HTTP_422_UNPROCESSABLE_ENTITY,
            refused=gettext(str(fault)),
            typed=typed,
        )


def _back(hall: Hall, tracking: str, part: str = "") -> Redirect:
    address = f"{hall.address}/tickets/{tracking}{part}"
    return Redirect(address, status_code=HTTP_303_SEE_OTHER)


def _audience(chosen: str) -> Audience:
    if chosen not in get_args(Audience):
        raise NoSuchAudience
    return cast("Audience", chosen)


def _reason(chosen: str) -> Reason:
    if chosen not in get_args(Reason):
        raise NoSuchReason
    return cast("Reason", chosen)


ROUTES = (add_note, close_ticket)
