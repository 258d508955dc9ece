"""``.../swaps``: somebody is asked to take a shift; ``/swap`` is where they answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.router import Router
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import tenants
from portal.submission import go_on
from portal.town.hall import Hall
from portal.town.rosters import letters, people, swaps
from portal.town.rosters.forms import Form, Refused
from portal.town.rosters.pages import Seen, roster_page, to_calendar
from tenants import duty
from tenants.duty import RosterSwap
from tenants.duty.swaps import Answer
from tenants.town import Key
from townline.clock import Clock
from townline.db import Database
from townline.errors import Invalid, NotFound
from townline.i18n import gettext
from townline.tenancy import TenantSession, town
from townline.web import page

AnyRequest = Request[Any, Any, Any]
Typed = dict[str, str]
HERE = "/rules/rosters/{key:str}/swaps"


@get(f"{HERE}/new", sync_to_thread=True)
def show_question(
    request: AnyRequest, key: FromPath[str], hall: NamedDependency[Hall]
) -> Template:
    query = request.query_params
    given = {"starts": "since", "ends": "until", "giver": "giver"}
    typed = {name: query.get(asked, "") for name, asked in given.items()}
    return _page(hall, key, Form(typed))


@post(HERE, sync_to_thread=True)
def ask(
    key: FromPath[str], data: URLEncodedBody[Typed], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Asked; or set at once or in the draft, by whoever may."""
    form = Form(data)
    try:
        if form.value("holds") == "asked":
            swaps.ask(hall, key, form)
        else:
            swaps.set_now(hall, key, form)
    except Refused as refused:
        return _page(hall, key, refused.form)
    return to_calendar(hall, key, form)


@post(f"{HERE}/{{swap_id:uuid}}/withdrawal", sync_to_thread=True)
def withdraw(
    key: FromPath[str], swap_id: FromPath[UUID], hall: NamedDependency[Hall]
) -> Redirect:
    with hall.town() as db:
        swap = db.get(RosterSwap, swap_id)
    swaps.withdraw(hall, swap)
    return hall.to(f"/rules/rosters?roster={key}")


@get("/{prefix:str}/{token:str}", sync_to_thread=True)
def show_swap(
    prefix: FromPath[str],
    token: FromPath[str],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Template:
    """Looking changes nothing."""
    with _town(database, prefix) as db:
        return _asked(db, token, clock=clock)


@post("/{prefix:str}/{token:str}", status_code=HTTP_200_OK, sync_to_thread=True)
def answer(
    prefix: FromPath[str],
    token: FromPath[str],
    data: URLEncodedBody[Typed],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Template | Redirect:
    verbs: dict[str, Answer] = {"yes": "accepted", "no": "declined"}
    said = verbs.get(data.get("answer", ""))
    if said is None:
        raise NotFound
    try:
        with _town(database, prefix) as db:
            swaps.answer(db, duty.swap_of(db, token), said, at=clock())
    except duty.SwapOver:
        # A second click, or too late: the page says how it stands.
        pass
    except Invalid as refused:
        with _town(database, prefix) as db:
            return _asked(db, token, clock=clock, refused=gettext(str(refused)))
    return go_on(f"/swap/{prefix}/{token}")


def _asked(
    db: TenantSession, token: str, *, clock: Clock, refused: str = ""
) -> Template:
    swap, here = duty.swap_of(db, token), tenants.current(db).town
    return page(
        "town/roster_swap.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        town=here,
        swap=swap,
        people=people,
        when=letters.when(swap),
        in_return=letters.in_return(swap),
        waits=swap.answer == "accepted" and swaps.waits(db, swap),
        is_over=swap.expires_at <= clock(),
        refused=refused,
    )


def _page(hall: Hall, key: Key, form: Form) -> Template:
    with hall.town() as db:
        here = Seen(tenants.current(db).town)
        roster = here.town.roster(key)
        if giver := form.value("giver"):
            swaps.refuse_asking(hall, here.town, roster, giver)
        return roster_page(hall, "roster_swap_new.html", here, form=form, roster=roster)


@contextmanager
def _town(database: Database, prefix: str) -> Iterator[TenantSession]:
    with database.everybody() as session:
        tenant_id = tenants.by_prefix(session, prefix).id
    with town(database, tenant_id) as db:
        yield db


ROUTES = (show_question, ask, withdraw)
PUBLIC = (Router("/swap", route_handlers=[show_swap, answer]),)
