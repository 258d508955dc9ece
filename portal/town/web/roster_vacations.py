"""``/town/{slug}/rules/vacations``: who is away, from whatever they are on."""

from __future__ import annotations

from collections.abc import Callable

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from portal.town.hall import Hall
from portal.town.rosters import leave_taking
from portal.town.rosters.forms import Form, Refused
from portal.town.rosters.pages import roster_page, seen

Typed = dict[str, str]


@get("/rules/vacations", sync_to_thread=True)
def show_vacations(hall: NamedDependency[Hall]) -> Template:
    return _page(hall, Form())


@post("/rules/vacations", sync_to_thread=True)
def take(
    data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    form = Form(data)
    return _do(hall, form, lambda: leave_taking.take(hall, form))


@post("/rules/vacations/{contact:str}/{name:str}/removal", sync_to_thread=True)
def give_back(
    contact: FromPath[str],
    name: FromPath[str],
    data: URLEncodedBody[Typed],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    form = Form(data)
    return _do(hall, form, lambda: leave_taking.give_back(hall, contact, name, form))


def _do(hall: Hall, form: Form, act: Callable[[], None]) -> Template | Redirect:
    try:
        act()
    except Refused as refused:
        return _page(hall, refused.form)
    said = "now" if form.is_now else "later"
    return hall.to(f"/rules/vacations?said={said}")


def _page(hall: Hall, form: Form) -> Template:
    with hall.town() as db:
        here = seen(hall, db)
        it = tuple(leave_taking.vacations(here.town, at=hall.at))
        return roster_page(hall, "roster_vacations.html", here, form=form, it=it)


ROUTES = (show_vacations, take, give_back)
