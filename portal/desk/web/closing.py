"""The ways out of a call: a ticket, a known one, none, and 911 before all of them."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import calls
import tenants
from portal.desk import closing, handing, one_town, rules
from portal.desk.closing import Unfinished
from portal.desk.draft import read
from portal.desk.handing import NINE, HandOver
from portal.desk.one_town import InAnotherTown
from portal.desk.seat import Seat
from portal.desk.sheet import sheet_of
from portal.desk.web.both_towns import two_towns
from portal.desk.web.call import call_page
from portal.submission import go_on
from townline.errors import Invalid
from townline.i18n import gettext
from townline.web import page

Form = dict[str, str]


@post("/calls/{slug:str}/{call_id:uuid}/ticket", sync_to_thread=True)
def open_ticket(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    """With ``more`` the call goes on with its next problem."""
    draft, more = read(data), "more" in data
    try:
        one_town.keep_to_one(seat, slug, also=draft.also)
        with seat.town(slug) as db:
            made = closing.with_ticket(
                db, call_id, draft, by=seat.person, at=seat.at, more=more
            )
    except InAnotherTown as refused:
        return two_towns(
            seat, slug, refused.elsewhere, _here(slug, call_id, "ticket"), form=data
        )
    except Unfinished as unfinished:
        return _again(slug, call_id, data, seat, unfinished)
    if more:
        return go_on(f"/desk/calls/{slug}/{call_id}?also={draft.also}")
    return go_on(f"/desk/tickets/{slug}/{made.id}")


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
        one_town.keep_to_one(seat, slug, also=draft.also)
        with seat.town(slug) as db:
            closing.with_known_ticket(
                db, call_id, ticket_id, draft, by=seat.person, at=seat.at
            )
    except InAnotherTown as refused:
        there = _here(slug, call_id, f"known-ticket/{ticket_id}")
        return two_towns(seat, slug, refused.elsewhere, there, form=data)
    except Unfinished as unfinished:
        return _again(slug, call_id, data, seat, unfinished)
    return go_on(f"/desk/tickets/{slug}/{ticket_id}")


@post("/calls/{slug:str}/{call_id:uuid}/disposition", sync_to_thread=True)
def finish(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    draft = read(data)
    try:
        one_town.keep_to_one(seat, slug, also=draft.also)
        with seat.town(slug) as db:
            closing.without_ticket(db, call_id, draft, by=seat.person, at=seat.at)
    except InAnotherTown as refused:
        there = _here(slug, call_id, "disposition")
        return two_towns(seat, slug, refused.elsewhere, there, form=data)
    except Unfinished as unfinished:
        return _again(slug, call_id, data, seat, unfinished)
    return go_on("/desk")


@post(
    "/calls/{slug:str}/{call_id:uuid}/handover",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def hand_over(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template:
    """Logged, whoever's line the agent is on; with 911, chosen as the ending too."""
    over = _hand_over(data)
    with seat.town(slug) as db:
        handed = handing.hand_over(
            db, call_id, read(data), over, by=seat.person, at=seat.at
        )
        town = tenants.current(db).town
    with_911 = any(each.is_911 and each.outcome == "transferred" for each in handed)
    return page(
        "desk/handed_over.html",
        handed=handed,
        with_911=with_911 and over.service == NINE,
        town=town,
        endings=rules,
    )


@post(
    "/calls/{slug:str}/{call_id:uuid}/services",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def show_services(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template:
    """The sentences to say, as the life-safety questions were answered."""
    with seat.town(slug) as db:
        sheet = sheet_of(db, calls.get(db, call_id), read(data), at=seat.at)
    return page("desk/services.html", sheet=sheet, here=_here(slug, call_id))


def _hand_over(form: Form) -> HandOver:
    """Only what the dialog asks; the rest of the form is the draft."""
    known = ("service", "outcome")
    asked: dict[str, object] = {name: form[name] for name in known if name in form}
    asked["stays"] = "stays" in form
    try:
        return msgspec.convert(asked, HandOver)
    except msgspec.ValidationError as fault:
        raise Invalid(gettext("This page is out of date; load it again.")) from fault


def _again(
    slug: str, call_id: UUID, form: Form, seat: Seat, unfinished: Unfinished
) -> Template:
    """The page with everything as it was typed, and what it still needs."""
    live = one_town.elsewhere(seat, slug)
    with seat.town(slug) as db:
        draft = read(form)
        return call_page(
            db, call_id, draft, seat=seat, live=live, faults=unfinished.faults
        )


def _here(slug: str, call_id: UUID, *parts: str) -> str:
    return "/".join((f"/desk/calls/{slug}/{call_id}", *parts))


ROUTES = (open_ticket, join_ticket, finish, hand_over, show_services)
