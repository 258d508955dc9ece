"""``/town/{slug}/rules/rosters/{key}``: one roster whole, set up and taken away."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from portal.town.hall import Hall
from portal.town.rosters import setting
from portal.town.rosters.forms import Form, Refused
from portal.town.rosters.pages import roster_page, seen
from portal.town.rosters.people import is_theirs
from portal.town.rosters.shift import causes
from tenants.town import Key
from townline import localtime

Typed = dict[str, str]


@get("/rules/rosters/new", sync_to_thread=True)
def show_blank(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        form = Form({"days": "7"})
        return roster_page(hall, "roster_new.html", seen(hall, db), form=form)


@post("/rules/rosters", sync_to_thread=True)
def add(
    data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        key = setting.add(hall, Form(data))
    except Refused as refused:
        with hall.town() as db:
            here = seen(hall, db)
            return roster_page(hall, "roster_new.html", here, form=refused.form)
    return _back(hall, key)


@get("/rules/rosters/{key:str}", sync_to_thread=True)
def show_roster(key: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    return _page(hall, key)


@post("/rules/rosters/{key:str}", sync_to_thread=True)
def change(
    key: FromPath[str], data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        setting.change(hall, key, Form(data))
    except Refused as refused:
        return _page(hall, key, form=refused.form)
    return _back(hall, key)


@get("/rules/rosters/{key:str}/removal", sync_to_thread=True)
def ask_to_remove(key: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    return _page(hall, key, name="roster_removal.html")


@post("/rules/rosters/{key:str}/removal", sync_to_thread=True)
def remove(
    key: FromPath[str], data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    try:
        setting.remove(hall, key, Form(data))
    except Refused as refused:
        return _page(hall, key, name="roster_removal.html", form=refused.form)
    return hall.to("/rules/rosters?said=later")


def _page(
    hall: Hall, key: Key, *, name: str = "roster.html", form: Form | None = None
) -> Template:
    with hall.town() as db:
        here = seen(hall, db)
        roster = here.town.roster(key)
        today = localtime.wall(hall.at, here.town.time_zone)
        return roster_page(
            hall,
            name,
            here,
            form=form or setting.form_of(roster),
            roster=roster,
            causes=tuple(causes(roster, since=today)),
            used_by=setting.used_by(here.town, key),
            theirs=is_theirs(here.town, roster, hall.departments),
        )


def _back(hall: Hall, key: Key) -> Redirect:
    return hall.to(f"/rules/rosters?roster={key}&said=later")


ROUTES = (show_blank, add, show_roster, change, ask_to_remove, remove)
