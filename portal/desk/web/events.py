"""Known events of the towns an agent serves: seen, made, corrected, ended."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

import tickets
from portal.desk import events
from portal.desk.seat import Seat
from portal.events import (
    Ending,
    EventForm,
    EventSheet,
    new_sheet,
    refused_sheet,
    sheet_of,
)
from portal.submission import go_on
from townline.errors import Invalid
from townline.proof import Actor
from townline.web import page


class Why(Struct, frozen=True):
    reason: str = ""


@get("/known-events", sync_to_thread=True)
def show_events(seat: NamedDependency[Seat]) -> Template:
    board = events.event_board(seat.database, seat.person, at=seat.at)
    return page("desk/known_events.html", events=board)


@get("/events/{slug:str}", sync_to_thread=True)
def show_blank(slug: FromPath[str], seat: NamedDependency[Seat]) -> Template:
    with seat.town(slug) as db:
        return _page(new_sheet(db, at=seat.at), seat)


@post("/events/{slug:str}", sync_to_thread=True)
def make_event(
    slug: FromPath[str],
    data: URLEncodedBody[EventForm],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    try:
        with seat.town(slug) as db:
            made = events.make(db, data, by=_agent(seat), at=seat.at)
    except Invalid as refused:
        with seat.town(slug) as db:
            return _page(refused_sheet(db, data, refused), seat)
    return go_on(f"/desk/events/{slug}/{made.id}")


@get("/events/{slug:str}/{event_id:uuid}", sync_to_thread=True)
def show_event(
    slug: FromPath[str], event_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        return _page(sheet_of(db, event_id), seat)


@post("/events/{slug:str}/{event_id:uuid}", sync_to_thread=True)
def change_event(
    slug: FromPath[str],
    event_id: FromPath[UUID],
    data: URLEncodedBody[EventForm],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    try:
        with seat.town(slug) as db:
            events.change(db, event_id, data, by=_agent(seat), at=seat.at)
    except Invalid as refused:
        with seat.town(slug) as db:
            return _page(refused_sheet(db, data, refused, event_id), seat)
    return go_on(f"/desk/events/{slug}/{event_id}")


@post("/events/{slug:str}/{event_id:uuid}/ending", sync_to_thread=True)
def end_event(
    slug: FromPath[str],
    event_id: FromPath[UUID],
    data: URLEncodedBody[Ending],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    try:
        with seat.town(slug) as db:
            events.end(db, event_id, data.words, by=_agent(seat), at=seat.at)
    except Invalid as refused:
        with seat.town(slug) as db:
            return _page(sheet_of(db, event_id, refused), seat)
    return go_on(f"/desk/events/{slug}/{event_id}")


@post("/tickets/{slug:str}/{ticket_id:uuid}/event", sync_to_thread=True)
def make_of_ticket(
    slug: FromPath[str], ticket_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Redirect:
    """One click: what the ticket says is enough to begin with."""
    with seat.town(slug) as db:
        made = events.make_of_ticket(db, ticket_id, by=_agent(seat), at=seat.at)
    return go_on(f"/desk/events/{slug}/{made.id}")


@post(
    "/tickets/{slug:str}/{ticket_id:uuid}/reporters/{reporter_id:uuid}/own-ticket",
    sync_to_thread=True,
)
def take_back(
    slug: FromPath[str],
    ticket_id: FromPath[UUID],
    reporter_id: FromPath[UUID],
    data: URLEncodedBody[Why],
    seat: NamedDependency[Seat],
) -> Redirect:
    """A me-too that was none: the caller has a ticket of their own from now on."""
    with seat.town(slug) as db:
        tickets.get(db, ticket_id)
        own = tickets.take_back(
            db, reporter_id, reason=data.reason, at=seat.at, by=_agent(seat)
        )
    return go_on(f"/desk/tickets/{slug}/{own.id}")


def _page(sheet: EventSheet, seat: Seat) -> Template:
    refused = sheet.refused
    return page(
        "desk/event.html",
        status_code=refused.status_code if refused else HTTP_200_OK,
        sheet=sheet,
        seat=seat,
    )


def _agent(seat: Seat) -> Actor:
    return Actor("agent", seat.person.name)


ROUTES = (
    show_events,
    show_blank,
    make_event,
    show_event,
    change_event,
    end_event,
    make_of_ticket,
    take_back,
)
