"""Between the password and the first page: a code, or an authenticator to set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import segno
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from litestar.router import Router
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from portal import addresses
from townline import auth
from townline.auth import Enrolment, Pending
from townline.clock import Clock
from townline.db import Database
from townline.errors import NotLoggedIn
from townline.i18n import gettext
from townline.settings import Settings
from townline.web import page
from townline.web.envelope import SESSION_COOKIE

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    code: str
    next: str = "/"


def next_step(pending: Pending, there: str) -> str:
    """Where somebody half-way through the door goes on, to end up ``there``."""
    step = "/login/code" if pending.stage == "code" else "/login/enrol"
    return f"{step}?{urlencode({'next': there})}"


@get("/code", sync_to_thread=True)
def show_code(
    request: AnyRequest,
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Template:
    _half_way(request, database, clock, stage="code")
    return _ask_code(request.query_params.get("next", "/"))


@post("/code", sync_to_thread=True)
def send_code(
    data: URLEncodedBody[Typed],
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Template | Redirect:
    who = _half_way(request, database, clock, stage="code")
    with database.everybody() as session:
        passed = auth.pass_with(
            session,
            who,
            _token(request),
            code=data.code,
            key=settings.secret,
            at=clock(),
        )
    if passed:
        return Redirect(addresses.ours(data.next))
    return _ask_code(
        data.next,
        refused=gettext(
            "That code was not right, or was used already. Wait for the next one."
        ),
    )


@get("/enrol", sync_to_thread=True)
def show_enrolment(
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Template:
    who = _half_way(request, database, clock, stage="enrol")
    with database.everybody() as session:
        shown = auth.enrol(session, who.account_id, key=settings.secret)
    return enrolment_page(
        shown, act="/login/enrol", there=request.query_params.get("next", "/")
    )


@post("/enrol", status_code=HTTP_200_OK, sync_to_thread=True)
def send_enrolment(
    data: URLEncodedBody[Typed],
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Template:
    who, at = _half_way(request, database, clock, stage="enrol"), clock()
    with database.everybody() as session:
        shown = auth.enrol(session, who.account_id, key=settings.secret)
        codes = auth.confirm(
            session, who.account_id, data.code, key=settings.secret, at=at
        )
        if codes:
            auth.open_up(session, _token(request), at=at)
    if codes:
        return recovery_page(codes, there=data.next)
    return enrolment_page(shown, act="/login/enrol", there=data.next, refused=True)


def enrolment_page(
    shown: Enrolment, *, act: str, there: str, refused: bool = False
) -> Template:
    return page(
        "portal/enrol.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        act=act,
        next=addresses.ours(there),
        secret=shown.secret,
        picture=segno.make(shown.uri).svg_inline(omitsize=True),
        refused=refused,
    )


def recovery_page(codes: tuple[str, ...], *, there: str) -> Template:
    return page("portal/recovery.html", codes=codes, next=addresses.ours(there))


def _ask_code(there: str, *, refused: str = "") -> Template:
    return page(
        "portal/code.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        next=addresses.ours(there),
        refused=refused,
    )


def _half_way(
    request: AnyRequest, database: Database, clock: Clock, *, stage: str
) -> Pending:
    """Who gave the right password in this browser and is at this step of the way;
    anybody else starts at the door."""
    with database.everybody() as session:
        found = auth.pending(session, _token(request), at=clock())
    if found is None or found.stage != stage:
        raise NotLoggedIn
    return found


def _token(request: AnyRequest) -> str:
    return request.cookies.get(SESSION_COOKIE, "")


# In a router: Litestar would wrap a bare handler twice that shares its path.
ROUTES = (
    Router(
        "/login", route_handlers=[show_code, send_code, show_enrolment, send_enrolment]
    ),
)
