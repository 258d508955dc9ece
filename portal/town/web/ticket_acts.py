"""Forms about a ticket: what is refused comes back as it was typed."""

from __future__ import annotations

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
from portal.levels import NewLevel, level_form
from portal.town.hall import Hall
from portal.town.tickets import acts, additions, second_thoughts
from portal.town.tickets.acts import Closing, NewNote
from portal.town.tickets.additions import NewAssignment, NewPhoto, NewReporter
from portal.town.tickets.file import file_of
from portal.town.tickets.second_thoughts import Reopening
from portal.town.web.tickets import ticket_page
from townline.errors import Invalid
from townline.i18n import gettext


@post("/tickets/{tracking:str}/notes", sync_to_thread=True)
def add_note(
    tracking: FromPath[str], data: URLEncodedBody[NewNote], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        acts.write_note(hall, tracking, data)
    except Invalid as fault:
        return again(hall, tracking, fault, act="note", typed=data)
    return back(hall, tracking, "#notes")


@post("/tickets/{tracking:str}/level", sync_to_thread=True)
def change_level(
    tracking: FromPath[str], data: URLEncodedBody[NewLevel], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        acts.change_level(hall, tracking, data)
    except Invalid as fault:
        return _judge_again(hall, tracking, fault, typed=data)
    return back(hall, tracking)


@post("/tickets/{tracking:str}/closure", status_code=HTTP_200_OK, sync_to_thread=True)
def close_ticket(
    tracking: FromPath[str], data: MultipartBody[Closing], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Sent once it asks; sent again, with the button of what it asked, it closes."""
    try:
        acts.keep_proof(hall, tracking, data)
        if not data.confirmed:
            return _ask(hall, tracking, data)
        acts.close(hall, tracking, data)
    except Invalid as fault:
        return again(hall, tracking, fault, act="close", typed=data)
    return back(hall, tracking)


@post("/tickets/{tracking:str}/reopening", sync_to_thread=True)
def reopen_ticket(
    tracking: FromPath[str],
    data: URLEncodedBody[Reopening],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    try:
        second_thoughts.reopen(hall, tracking, data)
    except Invalid as fault:
        return again(hall, tracking, fault, act="reopen", typed=data)
    return back(hall, tracking)


@post("/tickets/{tracking:str}/assignment", sync_to_thread=True)
def assign_ticket(
    tracking: FromPath[str],
    data: URLEncodedBody[NewAssignment],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    try:
        additions.assign(hall, tracking, data)
    except Invalid as fault:
        return again(hall, tracking, fault, act="assign", typed=data)
    return back(hall, tracking, "#acts")


@post("/tickets/{tracking:str}/photos", sync_to_thread=True)
def add_photo(
    tracking: FromPath[str], data: MultipartBody[NewPhoto], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        additions.add_photo(hall, tracking, data)
    except Invalid as fault:
        return again(hall, tracking, fault, act="photo", typed=data)
    return back(hall, tracking, "#photos")


@post("/tickets/{tracking:str}/reporters", sync_to_thread=True)
def add_reporter(
    tracking: FromPath[str],
    data: URLEncodedBody[NewReporter],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    try:
        additions.add_reporter(hall, tracking, data)
    except Invalid as fault:
        return again(hall, tracking, fault, act="reporter", typed=data)
    return back(hall, tracking, "#reporters")


def _ask(hall: Hall, tracking: str, closing: Closing) -> Template:
    acts.reason_of(closing)
    with hall.town() as db:
        it = file_of(db, hall.ticket(db, tracking), at=hall.at)
        town = tenants.current(db).town
        return hall.page("closing.html", town, it=it, closing=closing)


def again(
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
    """As ``again``; what is wrong is said at its field too."""
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


def back(hall: Hall, tracking: str, part: str = "") -> Redirect:
    address = f"{hall.address}/tickets/{tracking}{part}"
    return Redirect(address, status_code=HTTP_303_SEE_OTHER)


ROUTES = (
    add_note,
    change_level,
    close_ticket,
    reopen_ticket,
    assign_ticket,
    add_photo,
    add_reporter,
)
