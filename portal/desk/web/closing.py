"""The ways out of a call: a ticket, a known one, none, and 911 before all of them."""

from __future__ import annotations

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER

import tenants
from portal.desk import closing, rules
from portal.desk.closing import Unfinished
from portal.desk.draft import read
from portal.desk.seat import Seat
from portal.desk.web.call import call_page
from townline.web import page

Form = dict[str, str]


@post("/calls/{slug:str}/{call_id:uuid}/ticket", sync_to_thread=True)
def open_ticket(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    draft = read(data)
    try:
        with seat.town(slug) as db:
            made = closing.with_ticket(db, call_id, draft, by=seat.person, at=seat.at)
    except Unfinished as unfinished:
        return _again(slug, call_id, data, seat, unfinished)
    return _to(f"/desk/tickets/{slug}/{made.id}")


@post(
    "/calls/{slug:str}/{call_id:uuid}/known-ticket/{ticket_id:uuid}",
    sync_to_thread=True,
)
def join_ticket(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    ticket_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    draft = read(data)
    try:
        with seat.town(slug) as db:
            closing.with_known_ticket(
                db, call_id, ticket_id, draft, by=seat.person, at=seat.at
            )
    except Unfinished as unfinished:
        return _again(slug, call_id, data, seat, unfinished)
    return _to(f"/desk/tickets/{slug}/{ticket_id}")


@post("/calls/{slug:str}/{call_id:uuid}/disposition", sync_to_thread=True)
def finish(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    draft = read(data)
    try:
        with seat.town(slug) as db:
            closing.without_ticket(db, call_id, draft, by=seat.person, at=seat.at)
    except Unfinished as unfinished:
        return _again(slug, call_id, data, seat, unfinished)
    return _to("/desk")


@post(
    "/calls/{slug:str}/{call_id:uuid}/handover",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def hand_over(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """The caller is with 911 now: logged, and chosen as the ending."""
    with seat.town(slug) as db:
        since = closing.hand_over(db, call_id, by=seat.person, at=seat.at)
        town = tenants.current(db).town
    return page("desk/handed_over.html", since=since, town=town, endings=rules)


def _again(
    slug: str, call_id: UUID, form: Form, seat: Seat, unfinished: Unfinished
) -> Template:
    """The page with everything as it was typed, and what it still needs."""
    with seat.town(slug) as db:
        return call_page(db, call_id, read(form), seat=seat, faults=unfinished.faults)


def _to(address: str) -> Redirect:
    return Redirect(address, status_code=HTTP_303_SEE_OTHER)


ROUTES = (open_ticket, join_ticket, finish, hand_over)
