"""Signing in with a password, and out; the first page, and each town's colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_401_UNAUTHORIZED

import tenants
from calls import presence
from portal import addresses
from portal.cookies import session_cookie
from portal.proving import next_step
from townline import auth, tenancy
from townline.clock import Clock
from townline.db import Database
from townline.i18n import gettext
from townline.settings import Settings
from townline.web import page
from townline.web.envelope import SESSION_COOKIE

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str
    next: str = "/"


@get("/login", sync_to_thread=False)
def show_login(request: AnyRequest) -> Template:
    there = addresses.ours(request.query_params.get("next", "/"))
    return page("portal/login.html", next=there, email="", refused=None)


@post("/login", sync_to_thread=True)
def log_in(
    data: URLEncodedBody[SignIn],
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Template | Redirect:
    address = request.client.host if request.client else ""
    with database.everybody() as session:
        token = auth.log_in(
            session,
            data.email,
            password=data.password,
            address=address,
            browser=request.headers.get("user-agent", ""),
            at=clock(),
        )
        if token and settings.second_factor == "required":
            auth.ask_staff_to_enrol(session, token, at=clock())
        half_way = auth.pending(session, token, at=clock()) if token else None
    if token is None:
        return _refused(data)
    there = addresses.ours(data.next)
    to = next_step(half_way, there) if half_way else there
    return Redirect(to, cookies=[session_cookie(token, settings)])


@post("/logout", sync_to_thread=True)
def log_out(
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Redirect:
    with database.everybody() as session:
        if person := request.scope["state"].get("person"):
            presence.sign_out(session, person, at=clock())
        auth.log_out(session, request.cookies.get(SESSION_COOKIE, ""))
    return Redirect("/login", cookies=[session_cookie("", settings, max_age=0)])


@get("/", sync_to_thread=True)
def home(
    person: NamedDependency[auth.Person], database: NamedDependency[Database]
) -> Redirect:
    """Agents go to the desk, towns to their own portal."""
    if person.desk_towns:
        return Redirect("/desk")
    with database.everybody() as session:
        tenant = tenants.by_id(session, person.own_towns[0])
    return Redirect(f"/town/{tenant.slug}")


@get("/style/{sheet:str}", sync_to_thread=True)
def colours(sheet: FromPath[str], database: NamedDependency[Database]) -> Response[str]:
    """``riverton.css``: a town's one colour; its hue is all that is taken of it."""
    with database.everybody() as session:
        tenant_id = tenants.by_slug(session, sheet.removesuffix(".css")).id
    return _stylesheet(database, (tenant_id,))


@get("/style/mine.css", sync_to_thread=True)
def my_colours(
    person: NamedDependency[auth.Person], database: NamedDependency[Database]
) -> Response[str]:
    return _stylesheet(database, tuple(person.roles))


def _stylesheet(database: Database, towns: tuple[UUID, ...]) -> Response[str]:
    rules = "\n".join(_colour(database, tenant_id) for tenant_id in towns)
    keep = CacheControlHeader(max_age=3600, private=True).to_header()
    return Response(rules, media_type="text/css", headers={"cache-control": keep})


def _colour(database: Database, tenant_id: UUID) -> str:
    with tenancy.town(database, tenant_id) as db:
        rules = tenants.current(db).town
    return f'[data-town="{rules.slug}"] {{ --town: {rules.color}; }}'


def _refused(data: SignIn) -> Template:
    return page(
        "portal/login.html",
        status_code=HTTP_401_UNAUTHORIZED,
        next=addresses.ours(data.next),
        email=data.email,
        refused=gettext(
            "The email and the password do not match. After ten tries the account"
            " waits fifteen minutes."
        ),
    )


ROUTES = (show_login, log_in, log_out, home, colours, my_colours)
