"""Forms about a ticket: what is refused comes back as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
from portal.levels import NewLevel, level_form
from portal.submission import submit
from portal.town.hall import Hall
from portal.town.tickets import acts, additions, second_thoughts
from portal.town.tickets.acts import Closing, NewNote
from portal.town.tickets.additions import NewAssignment, NewPhoto, NewReporter
from portal.town.tickets.file import file_of
from portal.town.tickets.second_thoughts import Reopening
from portal.town.web.tickets import ticket_page
from townline.errors import Invalid
from townline.i18n import gettext

Sent = TypeVar("Sent")


@post("/tickets/{tracking:str}/notes", sync_to_thread=True)
def add_note(
    tracking: FromPath[str], data: URLEncodedBody[NewNote], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(hall, tracking, acts.write_note, data, act="note", part="#notes")


@post("/tickets/{tracking:str}/level", sync_to_thread=True)
def change_level(
    tracking: FromPath[str], data: URLEncodedBody[NewLevel], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return submit(
        lambda: acts.change_level(hall, tracking, data),
        again=lambda fault: _judge_again(hall, tracking, fault, typed=data),
        to=f"{hall.address}/tickets/{tracking}",
    )


@post("/tickets/{tracking:str}/closure", status_code=HTTP_200_OK, sync_to_thread=True)
def close_ticket(
    tracking: FromPath[str], data: MultipartBody[Closing], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Sent once it asks; sent again, with the button of what it asked, it closes."""
    try:
        if not data.confirmed:
            return _ask(hall, tracking, data)
        acts.close(hall, tracking, data)
    except Invalid as fault:
        if fault.field == "photo":
            return _ask(hall, tracking, data, fault)
        return _again(hall, tracking, fault, act="close", typed=data)
    return hall.to(f"/tickets/{tracking}")


@post("/tickets/{tracking:str}/reopening", sync_to_thread=True)
def reopen_ticket(
    tracking: FromPath[str],
    data: URLEncodedBody[Reopening],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    return _do(hall, tracking, second_thoughts.reopen, data, act="reopen")


@post("/tickets/{tracking:str}/assignment", sync_to_thread=True)
def assign_ticket(
    tracking: FromPath[str],
    data: URLEncodedBody[NewAssignment],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    return _do(hall, tracking, additions.assign, data, act="assign", part="#acts")


@post("/tickets/{tracking:str}/photos", sync_to_thread=True)
def add_photo(
    tracking: FromPath[str], data: MultipartBody[NewPhoto], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(hall, tracking, additions.add_photo, data, act="photo", part="#photos")


@post("/tickets/{tracking:str}/reporters", sync_to_thread=True)
def add_reporter(
    tracking: FromPath[str],
    data: URLEncodedBody[NewReporter],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    return _do(
        hall, tracking, additions.add_reporter, data, act="reporter", part="#reporters"
    )


def _ask(
    hall: Hall, tracking: str, closing: Closing, fault: Invalid | None = None
) -> Template:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        return hall.page(
            "closing.html",
            tenants.current(db).town,
            status_code=fault.status_code if fault else HTTP_200_OK,
            it=file_of(db, ticket, at=hall.at),
            closing=closing,
            asks_for_photo=acts.asks_for_photo(db, ticket, closing),
            refused=gettext(str(fault)) if fault else "",
        )


def _do(
    hall: Hall,
    tracking: str,
    verb: Callable[[Hall, str, Sent], None],
    sent: Sent,
    *,
    act: str,
    part: str = "",
) -> Template | Redirect:
    """With one form of the page; what is refused is said where it was typed."""
    return submit(
        lambda: verb(hall, tracking, sent),
        again=lambda fault: _again(hall, tracking, fault, act=act, typed=sent),
        to=f"{hall.address}/tickets/{tracking}{part}",
    )


def _again(
    hall: Hall, tracking: str, fault: Invalid, *, act: str, typed: object
) -> Template:
    """The page as it is now, with what was typed and what is wrong with it."""
    with hall.town() as db:
        return ticket_page(
            db,
            tracking,
            hall=hall,
            status_code=HTTP_422_UNPROCESSABLE_ENTITY,
            refused=gettext(str(fault)),
            wrong=fault.field or "",
            act=act,
            typed=typed,
        )


def _judge_again(
    hall: Hall, tracking: str, fault: Invalid, *, typed: NewLevel
) -> Template:
    """As ``_again``; what is wrong is said at its field too."""
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        form = level_form(
            db, ticket, by=hall.person, at=hall.at, typed=typed, refused=fault
        )
        return ticket_page(
            db,
            tracking,
            hall=hall,
            status_code=fault.status_code,
            refused=form.remedy,
            levels=form,
        )


ROUTES = (
    add_note,
    change_level,
    close_ticket,
    reopen_ticket,
    assign_ticket,
    add_photo,
    add_reporter,
)
