"""``/login/with``: through a town's own accounts, by OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from litestar import Request, get
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.router import Router
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

import tenants
from portal import addresses
from portal.cookies import session_cookie
from tenants.town import Town
from townline import auth, proof
from townline.auth import single_sign_on
from townline.auth.single_sign_on import TRIP_LASTS, NotProven, Provider
from townline.clock import Clock
from townline.db import Database
from townline.errors import Invalid, NotFound
from townline.i18n import gettext
from townline.proof import Actor
from townline.settings import Settings
from townline.tenancy import TenantSession, town
from townline.web import page

AnyRequest = Request[Any, Any, Any]
TRIP = "townline_trip"
HERE = "/login/with"


class NoSignIn(NotFound):
    """This town has no sign-in of its own here; use your email and password."""


class NotOneOfUs(Invalid):
    """Your town's sign-in knows you, and nobody has let you in here; ask a manager."""


@get("/", sync_to_thread=False)
def show_choice(request: AnyRequest) -> Template:
    return _choice(request.query_params.get("next", "/"))


@get("/town", sync_to_thread=True)
def find_town(
    database: NamedDependency[Database],
    slug: FromQuery[str] = "",
    there: FromQuery[str] = "/",
) -> Template | Redirect:
    """Whoever types their town's name goes on to its provider."""
    key = "-".join(slug.lower().split())
    if tenants.id_of(database, key) is None:
        refused = gettext("There is no such town here. Write it as in its address.")
        return _choice(there, slug=slug, refused=refused)
    return Redirect(f"{HERE}/{key}", query_params={"next": addresses.ours(there)})


@get("/{slug:str}", sync_to_thread=True)
def leave(
    slug: FromPath[str],
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Redirect:
    with _town(database, slug) as db:
        provider = _provider(tenants.current(db).town, settings)
    address, sealed = single_sign_on.begin(
        provider,
        town=slug,
        there=addresses.ours(request.query_params.get("next", "/")),
        back=_back(settings, slug),
        key=settings.secret,
        at=clock(),
    )
    return Redirect(address, cookies=[_trip(sealed, settings)])


@get("/{slug:str}/back", sync_to_thread=True)
def come_back(
    slug: FromPath[str],
    request: AnyRequest,
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Redirect:
    at = clock()
    sealed = request.cookies.get(TRIP, "")
    trip = single_sign_on.opened(sealed, key=settings.secret, at=at)
    if trip.town != slug:
        raise NotProven
    with _town(database, slug) as db:
        provider = _provider(tenants.current(db).town, settings)
    back = _back(settings, slug)
    answer = f"{back}?{request.url.query}"
    claims = single_sign_on.arrive(provider, trip, answer, back=back, at=at)
    with _town(database, slug) as db:
        token = _let_in(db, claims.email, request, at=at)
    if token is None:
        raise NotOneOfUs
    cookies = [session_cookie(token, settings), _trip("", settings, max_age=0)]
    return Redirect(addresses.ours(trip.next), cookies=cookies)


def _choice(there: str, *, slug: str = "", refused: str = "") -> Template:
    return page(
        "portal/sign_on.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        next=addresses.ours(there),
        slug=slug,
        refused=refused,
    )


def _provider(rules: Town, settings: Settings) -> Provider:
    secret = settings.oidc_secrets.get(rules.slug)
    if rules.sign_in is None or secret is None:
        raise NoSignIn
    return Provider(
        issuer=rules.sign_in.issuer, client_id=rules.sign_in.client_id, secret=secret
    )


def _let_in(
    db: TenantSession, email: str, request: AnyRequest, *, at: datetime
) -> str | None:
    token = auth.come_in_by_town(
        db.session,
        email,
        town=db.tenant_id,
        address=request.client.host if request.client else "",
        browser=request.headers.get("user-agent", ""),
        at=at,
    )
    if token:
        _log(db, email, at=at)
    return token


def _log(db: TenantSession, email: str, *, at: datetime) -> None:
    account = auth.account_of(db.session, email)
    proof.record(
        db,
        "access.signed_in",
        subject=account.id,
        at=at,
        actor=Actor("town", account.name),
        via="town",
    )


def _back(settings: Settings, slug: str) -> str:
    return f"{settings.public_url}{HERE}/{slug}/back"


def _trip(sealed: str, settings: Settings, *, max_age: int = TRIP_LASTS) -> Cookie:
    """Lax, so that it is there when the provider sends the browser back."""
    return Cookie(
        key=TRIP,
        value=sealed,
        max_age=max_age,
        path=HERE,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )


@contextmanager
def _town(database: Database, slug: str) -> Iterator[TenantSession]:
    tenant_id = tenants.id_of(database, slug)
    if tenant_id is None:
        raise NotFound
    with town(database, tenant_id) as db:
        yield db


# In a router: Litestar would wrap a bare handler twice that shares its path.
ROUTES = (Router(HERE, route_handlers=[show_choice, find_town, leave, come_back]),)
