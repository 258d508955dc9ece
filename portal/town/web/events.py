"""What the town says to its callers: known events, made, corrected and ended by it."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.events import (
    Ending,
    EventForm,
    EventSheet,
    new_sheet,
    refused_sheet,
    sheet_of,
)
from portal.town.hall import Hall
from tickets import events
from townline.db import new_id
from townline.errors import Invalid
from townline.tenancy import TenantSession


@get("/events", sync_to_thread=True)
def show_events(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        found = events.lately(db, since=hall.at - events.REMEMBERED)
        return hall.page(
            "events.html",
            tenants.current(db).town,
            events=[(each, events.callers(db, each)) for each in found],
        )


@get("/events/new", sync_to_thread=True)
def show_blank(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        return _page(hall, db, new_sheet(db, at=hall.at))


@post("/events", sync_to_thread=True)
def make_event(
    data: URLEncodedBody[EventForm], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        with hall.town() as db:
            terms = data.terms(tenants.current(db).town)
            key = data.client_key or new_id()
            made = events.make(db, terms, client_key=key, at=hall.at, by=hall.actor)
    except Invalid as refused:
        with hall.town() as db:
            return _page(hall, db, refused_sheet(db, data, refused))
    return hall.to(f"/events/{made.id}")


@get("/events/{event_id:uuid}", sync_to_thread=True)
def show_event(event_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        return _page(hall, db, sheet_of(db, event_id))


@post("/events/{event_id:uuid}", sync_to_thread=True)
def change_event(
    event_id: FromPath[UUID],
    data: URLEncodedBody[EventForm],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    try:
        with hall.town() as db:
            terms = data.terms(tenants.current(db).town)
            events.change(db, event_id, terms, at=hall.at, by=hall.actor)
    except Invalid as refused:
        with hall.town() as db:
            return _page(hall, db, refused_sheet(db, data, refused, event_id))
    return hall.to(f"/events/{event_id}")


@post("/events/{event_id:uuid}/ending", sync_to_thread=True)
def end_event(
    event_id: FromPath[UUID],
    data: URLEncodedBody[Ending],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    try:
        with hall.town() as db:
            events.end(db, event_id, ending=data.words, at=hall.at, by=hall.actor)
    except Invalid as refused:
        with hall.town() as db:
            return _page(hall, db, sheet_of(db, event_id, refused))
    return hall.to(f"/events/{event_id}")


def _page(hall: Hall, db: TenantSession, sheet: EventSheet) -> Template:
    refused = sheet.refused
    return hall.page(
        "event.html",
        tenants.current(db).town,
        status_code=refused.status_code if refused else HTTP_200_OK,
        sheet=sheet,
    )


ROUTES = (show_events, show_blank, make_event, show_event, change_event, end_event)
