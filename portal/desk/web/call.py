"""The call page, and what follows from every word typed on it."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY
from msgspec.structs import replace

import calls
import tickets
from portal.desk import looking, one_town, rules
from portal.desk.draft import Draft, read
from portal.desk.one_town import Elsewhere, InAnotherTown
from portal.desk.opened import opened, wrap_up_limit
from portal.desk.seat import Seat
from portal.desk.sheet import fresh, one_more, sheet_of
from portal.desk.web.both_towns import two_towns
from tenants.rules import status
from tickets import Fault
from townline.tenancy import TenantSession
from townline.web import page


@get("/calls/{slug:str}/{call_id:uuid}", sync_to_thread=True)
def show_call(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    also: FromQuery[str] = "",
) -> Template:
    try:
        live = one_town.keep_to_one(seat, slug, also=also)
    except InAnotherTown as refused:
        return two_towns(seat, slug, refused.elsewhere, f"/desk/calls/{slug}/{call_id}")
    with seat.town(slug) as db:
        call = calls.get(db, call_id)
        made = tickets.of_call(db, call_id)
        begun = one_more(db, call, made) if made else fresh(db, call)
        draft = replace(begun, also=also)
        looking.at_call(db, seat, call)
        return call_page(db, call_id, draft, seat=seat, live=live)


@get("/calls/{slug:str}/{call_id:uuid}/line", sync_to_thread=True)
def show_line(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """Whether the caller is still there; the page asks whenever calls change."""
    with seat.town(slug) as db:
        return page("desk/line.html", call=calls.get(db, call_id), seat=seat)


@get("/calls/{slug:str}/{call_id:uuid}/wrap-up", sync_to_thread=True)
def show_wrap_up(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """How long the work after the call has taken."""
    with seat.town(slug) as db:
        call = calls.get(db, call_id)
        limit = wrap_up_limit(sheet_of(db, call, Draft(), at=seat.at).town)
    return page("desk/wrap_up.html", call=call, wrap_up_limit=limit, seat=seat)


@post(
    "/calls/{slug:str}/{call_id:uuid}/draft",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def show_draft(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[dict[str, str]],
    seat: NamedDependency[Seat],
) -> Template:
    """Nothing is kept: the page sends all of it, and sees what follows from it."""
    with seat.town(slug) as db:
        sheet = sheet_of(db, calls.get(db, call_id), read(data), at=seat.at)
        return page("desk/draft.html", sheet=sheet, oob=True)


@post(
    "/calls/{slug:str}/{call_id:uuid}/told",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def show_told(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[dict[str, str]],
    seat: NamedDependency[Seat],
) -> Template:
    """The engine rehearsed on what is typed; by itself, so that nothing waits."""
    with seat.town(slug) as db:
        sheet = sheet_of(db, calls.get(db, call_id), read(data), at=seat.at)
        return page("desk/told.html", sheet=sheet)


def call_page(
    db: TenantSession,
    call_id: UUID,
    draft: Draft,
    *,
    seat: Seat,
    live: Elsewhere | None = None,
    faults: tuple[Fault, ...] = (),
) -> Template:
    """The whole page from a draft: a new one, or one that could not be saved."""
    call = calls.get(db, call_id)
    shown = opened(db, call, draft, seat=seat, live=live, faults=faults)
    town, agent = shown.sheet.town, seat.person.name
    return page(
        "desk/call.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if faults else HTTP_200_OK,
        **shown.context,
        seat=seat,
        oob=False,
        opening=status(town, at=seat.at),
        phrase=calls.answer_phrase(town, draft.language, agent=agent, at=seat.at),
        endings=rules,
    )


ROUTES = (
    show_call,
    show_line,
    show_wrap_up,
    show_draft,
    show_told,
)
