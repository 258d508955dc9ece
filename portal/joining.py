"""``/join``: the link of an invitation. Looking changes nothing; the form takes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.router import Router
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

import tenants
from townline import auth
from townline.clock import Clock
from townline.db import Database
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession, town
from townline.web import page


@dataclass(frozen=True, slots=True)
class Joining:
    password: str
    name: str = ""


@get("/{prefix:str}/{token:str}", sync_to_thread=True)
def show_offer(
    prefix: FromPath[str],
    token: FromPath[str],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Template:
    with _town(database, prefix) as db:
        it = auth.invitation_of(db, token, at=clock())
        return _page(db, it, name=it.name)


@post("/{prefix:str}/{token:str}", sync_to_thread=True)
def take_offer(
    prefix: FromPath[str],
    token: FromPath[str],
    data: URLEncodedBody[Joining],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Template | Redirect:
    """Taken, one signs in as everybody does, with the second factor if one has it."""
    try:
        with _town(database, prefix) as db:
            it = auth.invitation_of(db, token, at=clock())
            account = auth.join(
                db, token, password=data.password, name=data.name, at=clock()
            )
        auth.grant_also(database, it, account.id, at=clock())
    except Invalid as refused:
        with _town(database, prefix) as db:
            it = auth.invitation_of(db, token, at=clock())
            return _page(db, it, name=data.name, refused=refused)
    return Redirect("/login")


def _page(
    db: TenantSession,
    it: auth.Invitation,
    *,
    name: str,
    refused: Invalid | None = None,
) -> Template:
    return page(
        "portal/join.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        town=tenants.current(db).town,
        it=it,
        is_known=auth.find_account(db.session, it.email) is not None,
        name=name,
        refused=gettext(str(refused)) if refused else "",
    )


@contextmanager
def _town(database: Database, prefix: str) -> Iterator[TenantSession]:
    with database.everybody() as session:
        tenant_id = tenants.by_prefix(session, prefix).id
    with town(database, tenant_id) as db:
        yield db


ROUTES = (Router("/join", route_handlers=[show_offer, take_offer]),)
