"""Sheets to print before the night, and to type in after it."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
from portal.desk import one_town, paper
from portal.desk.board import towns_of
from portal.desk.draft import read
from portal.desk.one_town import InAnotherTown
from portal.desk.paper import SheetUnfinished
from portal.desk.seat import Seat
from portal.desk.sheets import booklet
from portal.desk.web.both_towns import two_towns
from portal.submission import go_on
from tenants.rules import visible_questions
from tenants.town import Town
from tickets import Fault
from townline.errors import Invalid, NotFound
from townline.i18n import gettext, language
from townline.proof import Actor
from townline.web import page

Form = dict[str, str]


@get("/sheets", sync_to_thread=True)
def show_towns(seat: NamedDependency[Seat]) -> Template:
    towns = towns_of(seat.database, seat.person.desk_towns).values()
    return page("desk/paper_towns.html", towns=tuple(towns), seat=seat)


@get("/sheets/{slug:str}", sync_to_thread=True)
def show_sheets(
    slug: FromPath[str],
    seat: NamedDependency[Seat],
    also: FromQuery[str] = "",
) -> Template:
    try:
        one_town.keep_to_one(seat, slug, also=also)
    except InAnotherTown as refused:
        return two_towns(seat, slug, refused.elsewhere, f"/desk/sheets/{slug}")
    return _page(seat, slug, {"also": also})


@post("/sheets/{slug:str}/prints", status_code=HTTP_200_OK, sync_to_thread=True)
def print_sheets(
    slug: FromPath[str], data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template:
    """The numbers on it are spoken for from now on, printed or not."""
    typed = data.get("count", "")
    count = int(typed) if typed.isdecimal() else 0
    agent = Actor("agent", seat.person.name)
    with seat.town(slug) as db:
        made = booklet(db, count, at=seat.at, by=agent, language=language())
    return page("desk/booklet.html", it=made, style="")


@post("/sheets/{slug:str}/questions", status_code=HTTP_200_OK, sync_to_thread=True)
def show_questions(
    slug: FromPath[str], data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template:
    """Those of the category that was chosen, as its answers stand."""
    with seat.town(slug) as db:
        town = tenants.current(db).town
    return page("desk/sheet_questions.html", **_asked(town, data))


@post("/sheets/{slug:str}/entries", sync_to_thread=True)
def enter(
    slug: FromPath[str], data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template | Redirect:
    agent = Actor("agent", seat.person.name)
    try:
        one_town.keep_to_one(seat, slug, also=data.get("also", ""))
        with seat.town(slug) as db:
            entered = paper.enter(db, data, at=seat.at, by=agent)
    except InAnotherTown as refused:
        address = f"/desk/sheets/{slug}/entries"
        return two_towns(seat, slug, refused.elsewhere, address, form=data)
    except SheetUnfinished as unfinished:
        return _page(seat, slug, data, faults=unfinished.faults)
    except (Invalid, NotFound) as refused_number:
        fault = Fault("number", gettext(str(refused_number)))
        return _page(seat, slug, data, faults=(fault,))
    if entered.before:
        return _page(seat, slug, {}, before=entered)
    address = f"/desk/tickets/{slug}/{entered.ticket.id}"
    return go_on(address)


def _page(
    seat: Seat,
    slug: str,
    form: Form,
    *,
    faults: tuple[Fault, ...] = (),
    before: paper.Entered | None = None,
) -> Template:
    with seat.town(slug) as db:
        town = tenants.current(db).town
    return page(
        "desk/sheets.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if faults else HTTP_200_OK,
        town=town,
        seat=seat,
        form=form,
        faults=faults,
        wrong={each.field: each.remedy for each in faults},
        before=before,
        contacts=paper.reachable(town),
        **_asked(town, form),
    )


def _asked(town: Town, form: Form) -> dict[str, Any]:
    """The questions of the chosen category, and what was written to them."""
    answers = read({k: v for k, v in form.items() if k.startswith("answer.")}).answers
    known = {each.key: each for each in town.categories}
    category = known.get(form.get("category", ""))
    questions = visible_questions(category, answers) if category else ()
    return {
        "questions": questions,
        "answers": answers,
        "here": f"/desk/sheets/{town.slug}",
    }


ROUTES = (show_towns, show_sheets, print_sheets, show_questions, enter)
