"""One's own account: the password, the second factor, and where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.router import Router
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from portal.proving import Typed, enrolment_page, recovery_page
from portal.submission import go_on
from townline import auth
from townline.clock import Clock
from townline.db import Database
from townline.errors import Forbidden, Invalid
from townline.i18n import gettext
from townline.settings import Settings
from townline.web import page
from townline.web.envelope import SESSION_COOKIE

AnyRequest = Request[Any, Any, Any]
ENROL = "/account/second-factor"
# The first mark that is found: most browsers name others after themselves.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class NewPassword:
    old: str
    password: str


@dataclass(frozen=True, slots=True)
class Known:
    """The password, once more: whoever finds a browser open changes nothing grave."""

    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Somebody at their own account, in one browser, at one instant."""

    person: auth.Person
    database: Database
    token: str
    key: str
    must_have_one: bool
    at: datetime

    def show(self, *, done: str = "", refused: Invalid | None = None) -> Template:
        with self.database.everybody() as session:
            mine = auth.account_of(session, self.person.email)
            browsers = auth.browsers(session, mine.id, token=self.token, at=self.at)
            left = auth.codes_left(session, mine.id)
        return page(
            "portal/account.html",
            status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
            own=self,
            account=mine,
            browsers=browsers,
            codes_left=left,
            done=done,
            refused=refused,
            called=called,
        )


def own(
    request: AnyRequest,
    person: NamedDependency[auth.Person],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Own:
    """The dependency ``own``."""
    return Own(
        person=person,
        database=database,
        token=request.cookies.get(SESSION_COOKIE, ""),
        key=settings.secret,
        must_have_one=bool(person.desk_towns) and settings.second_factor == "required",
        at=clock(),
    )


@get("/", sync_to_thread=True)
def show_account(own: NamedDependency[Own]) -> Template:
    return own.show()


@post("/password", status_code=HTTP_200_OK, sync_to_thread=True)
def set_password(
    data: URLEncodedBody[NewPassword], own: NamedDependency[Own]
) -> Template:
    try:
        with own.database.everybody() as session:
            auth.check_strength(
                data.password, about=(own.person.name, own.person.email)
            )
            account = auth.knows_password(
                session, own.person.email, data.old, at=own.at
            )
            if account:
                auth.replace_password(account, password=data.password)
                auth.sign_out_others(session, account.id, token=own.token)
    except auth.WeakPassword as weak:
        return own.show(refused=weak)
    if account is None:
        return own.show(refused=_not_yours("old"))
    return own.show(
        done=gettext("The new password holds. Other browsers are signed out.")
    )


@get("/second-factor", sync_to_thread=True)
def show_second_factor(own: NamedDependency[Own]) -> Template | Redirect:
    with own.database.everybody() as session:
        if auth.account_of(session, own.person.email).second_factor_at:
            return _back()
        shown = auth.enrol(session, own.person.account_id, key=own.key)
    return enrolment_page(shown, act=ENROL, there="/account")


@post("/second-factor", status_code=HTTP_200_OK, sync_to_thread=True)
def set_second_factor(
    data: URLEncodedBody[Typed], own: NamedDependency[Own]
) -> Template:
    mine = own.person.account_id
    with own.database.everybody() as session:
        shown = auth.enrol(session, mine, key=own.key)
        codes = auth.confirm(session, mine, data.code, key=own.key, at=own.at)
    if codes:
        return recovery_page(codes, there="/account")
    return enrolment_page(shown, act=ENROL, there="/account", refused=True)


@post("/second-factor/off", status_code=HTTP_200_OK, sync_to_thread=True)
def drop_second_factor(
    data: URLEncodedBody[Known], own: NamedDependency[Own]
) -> Template:
    if own.must_have_one:
        raise Forbidden
    with own.database.everybody() as session:
        account = auth.knows_password(
            session, own.person.email, data.password, at=own.at
        )
        if account:
            auth.forget(session, account.id)
    if account is None:
        return own.show(refused=_not_yours("password"))
    return own.show(done=gettext("The second factor is off."))


@post("/browsers/{session_id:uuid}/end", sync_to_thread=True)
def end_browser(session_id: FromPath[UUID], own: NamedDependency[Own]) -> Redirect:
    with own.database.everybody() as session:
        auth.sign_out_browser(session, own.person.account_id, session_id)
    return _back()


@post("/browsers/end-others", sync_to_thread=True)
def end_other_browsers(own: NamedDependency[Own]) -> Redirect:
    with own.database.everybody() as session:
        auth.sign_out_others(session, own.person.account_id, token=own.token)
    return _back()


def called(agent: str) -> str:
    """A browser as people call it, of what it says of itself at length."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (browser, system)))


def _not_yours(field: str) -> Invalid:
    return Invalid(gettext("This is not your present password."), field=field)


def _back() -> Redirect:
    return go_on("/account")


ROUTES = (
    Router(
        "/account",
        route_handlers=[
            show_account,
            set_password,
            show_second_factor,
            set_second_factor,
            drop_second_factor,
            end_browser,
            end_other_browsers,
        ],
        dependencies={"own": Provide(own, sync_to_thread=False)},
    ),
)
