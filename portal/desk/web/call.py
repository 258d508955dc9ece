"""The call page, and what follows from every word typed on it."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

import calls
from portal.desk import rules
from portal.desk.closing import handed_over_at
from portal.desk.draft import Draft, read
from portal.desk.seat import Seat
from portal.desk.sheet import earlier, fresh, sheet_of
from tenants.rules import status
from tickets import Fault
from townline.tenancy import TenantSession
from townline.web import page


@get("/calls/{slug:str}/{call_id:uuid}", sync_to_thread=True)
def show_call(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        return call_page(db, call_id, fresh(db, calls.get(db, call_id)), seat=seat)


@get("/calls/{slug:str}/{call_id:uuid}/line", sync_to_thread=True)
def show_line(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """Whether the caller is still there; the page asks whenever calls change."""
    with seat.town(slug) as db:
        return page("desk/line.html", call=calls.get(db, call_id), seat=seat)


@get("/calls/{slug:str}/{call_id:uuid}/categories", sync_to_thread=True)
def show_categories(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    words: FromQuery[str] = "",
    category: FromQuery[str] = "",
) -> Template:
    with seat.town(slug) as db:
        call = calls.get(db, call_id)
        begun = fresh(db, call)
        draft = Draft(words=words, category=category, language=begun.language)
        sheet = sheet_of(db, call, draft, at=seat.at)
        return page("desk/categories.html", sheet=sheet)


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


def call_page(
    db: TenantSession,
    call_id: UUID,
    draft: Draft,
    *,
    seat: Seat,
    faults: tuple[Fault, ...] = (),
) -> Template:
    """The whole page from a draft: a new one, or one that could not be saved."""
    call = calls.get(db, call_id)
    sheet = sheet_of(db, call, draft, at=seat.at, faults=faults)
    town, agent = sheet.town, seat.person.name
    return page(
        "desk/call.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if faults else HTTP_200_OK,
        sheet=sheet,
        call=call,
        seat=seat,
        oob=False,
        opening=status(town, at=seat.at),
        phrase=calls.answer_phrase(town, draft.language, agent=agent, at=seat.at),
        earlier=earlier(db, call),
        handed_over_at=handed_over_at(db, call),
        endings=rules,
    )


ROUTES = (show_call, show_line, show_categories, show_draft)
