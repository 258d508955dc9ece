"""``.../rules/rosters/{key}/exceptions``: who stands in, is away, another schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from portal.town.hall import Hall
from portal.town.rosters import exceptions
from portal.town.rosters.changing import marked, refuse_strangers
from portal.town.rosters.forms import Form, Refused, kind_of
from portal.town.rosters.pages import roster_page, seen, to_calendar
from portal.town.rosters.plans import Kind, entries

AnyRequest = Request[Any, Any, Any]
Typed = dict[str, str]
HERE = "/rules/rosters/{key:str}/exceptions"
ONE = f"{HERE}/{{kind:str}}/{{name:str}}"


@get(f"{HERE}/new", sync_to_thread=True)
def show_blank(
    request: AnyRequest, key: FromPath[str], hall: NamedDependency[Hall]
) -> Template:
    query = request.query_params
    kind = kind_of(query.get("kind", "overrides"))
    with hall.town() as db:
        here = seen(hall, db)
        roster = here.town.roster(key)
        refuse_strangers(hall, here.town, roster)
        usual = exceptions.blank(
            roster,
            here.town.time_zone,
            contact=query.get("contact", ""),
            at=hall.at,
        )
        given = {"starts": query.get("since", ""), "ends": query.get("until", "")}
        filled = {name: value for name, value in given.items() if value}
        form = Form({**usual.typed, **filled})
        return roster_page(
            hall, "roster_exception.html", here, roster=roster, kind=kind, form=form
        )


@post(HERE, sync_to_thread=True)
def add(
    key: FromPath[str], data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    kind, form = kind_of(data.get("kind", "")), Form(data)
    return _do(hall, key, kind, form, lambda: exceptions.add(hall, key, kind, form))


@get(ONE, sync_to_thread=True)
def show_one(
    request: AnyRequest,
    key: FromPath[str],
    kind: FromPath[str],
    name: FromPath[str],
    hall: NamedDependency[Hall],
) -> Template:
    """Moved by hand or by key it is shown at its new times, which nobody has said."""
    with hall.town() as db:
        here = seen(hall, db)
        roster = here.town.roster(key)
        refuse_strangers(hall, here.town, roster)
        entry = marked(tuple(entries(roster, kind_of(kind))), name)
        moved = {
            field: value
            for field, asked in (("starts", "since"), ("ends", "until"))
            if (value := request.query_params.get(asked, ""))
        }
        form = Form({**exceptions.form_of(entry).typed, **moved})
        return roster_page(
            hall,
            "roster_exception.html",
            here,
            roster=roster,
            kind=kind,
            form=form,
            which=name,
        )


@post(ONE, sync_to_thread=True)
def replace(
    key: FromPath[str],
    kind: FromPath[str],
    name: FromPath[str],
    data: URLEncodedBody[Typed],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    of, form = kind_of(kind), Form(data)
    return _do(
        hall,
        key,
        of,
        form,
        lambda: exceptions.replace(hall, key, of, name, form),
        name=name,
    )


@post(f"{ONE}/removal", sync_to_thread=True)
def drop(
    key: FromPath[str],
    kind: FromPath[str],
    name: FromPath[str],
    data: URLEncodedBody[Typed],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    of, form = kind_of(kind), Form(data)
    return _do(
        hall,
        key,
        of,
        form,
        lambda: exceptions.drop(hall, key, of, name, form),
        name=name,
    )


def _do(
    hall: Hall,
    key: str,
    kind: Kind,
    form: Form,
    act: Callable[[], None],
    *,
    name: str = "",
) -> Template | Redirect:
    """What is refused comes back as it was typed, with what is wrong with it."""
    try:
        act()
    except Refused as refused:
        with hall.town() as db:
            here = seen(hall, db)
            return roster_page(
                hall,
                "roster_exception.html",
                here,
                form=refused.form,
                roster=here.town.roster(key),
                kind=kind,
                which=name,
            )
    return to_calendar(hall, key, form)


ROUTES = (show_blank, add, show_one, replace, drop)
