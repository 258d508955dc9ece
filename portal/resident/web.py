"""``/t`` tracks a ticket by its number, ``/s`` asks how it went. Nobody signs in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import quote

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_404_NOT_FOUND,
)

import surveys
import tenants
from portal.resident.rules import prefix_of
from portal.resident.surveying import SurveyForm, survey_page
from portal.resident.tracking import tracking_page
from portal.submission import go_on
from townline.clock import Clock
from townline.db import Database
from townline.errors import Invalid, NotFound
from townline.tenancy import TenantSession, town
from townline.web import page


@get("/t", sync_to_thread=False)
def find(number: FromQuery[str] = "") -> Template | Redirect:
    """Where somebody with a number on a slip of paper begins."""
    if not number:
        return page("resident/find.html", typed="", is_wrong=False)
    if prefix := prefix_of(number):
        return Redirect(f"/t/{prefix}/{quote(number, safe='')}")
    return _not_found(number)


@get("/t/{prefix:str}/{tracking:str}", sync_to_thread=True)
def track(
    prefix: FromPath[str],
    tracking: FromPath[str],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Template:
    try:
        with _town(database, prefix) as db:
            return tracking_page(db, tracking, at=clock())
    except (NotFound, Invalid):
        return _not_found(tracking)


class SurveyController(Controller):
    """The link in an invitation: three questions, answered once, or refused."""

    path = "/s/{prefix:str}/{token:str}"

    @get(sync_to_thread=True)
    def show(
        self,
        prefix: FromPath[str],
        token: FromPath[str],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> Template:
        with _town(database, prefix) as db:
            return survey_page(db, token, at=clock())

    @post(status_code=HTTP_200_OK, sync_to_thread=True)
    def answer(
        self,
        prefix: FromPath[str],
        token: FromPath[str],
        data: URLEncodedBody[SurveyForm],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> Template | Redirect:
        with _town(database, prefix) as db:
            if data.missing:
                return survey_page(db, token, at=clock(), form=data)
            # A double click, or a link shared in a family: the first answer counts.
            with suppress(surveys.AlreadyAnswered):
                surveys.answer(db, token, data.answers(), at=clock())
        return go_on(f"/s/{prefix}/{token}")

    @post("/refusal", status_code=HTTP_200_OK, sync_to_thread=True)
    def refuse(
        self,
        prefix: FromPath[str],
        token: FromPath[str],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
    ) -> Template:
        with _town(database, prefix) as db:
            surveys.refuse(db, token, at=clock())
            return page("resident/refused.html", town=tenants.current(db).town)


@contextmanager
def _town(database: Database, prefix: str) -> Iterator[TenantSession]:
    with database.everybody() as session:
        tenant_id = tenants.by_prefix(session, prefix).id
    with town(database, tenant_id) as db:
        yield db


def _not_found(typed: str) -> Template:
    """The form again, with what was typed: most likely one digit is wrong."""
    return page(
        "resident/find.html",
        status_code=HTTP_404_NOT_FOUND,
        typed=typed,
        is_wrong=True,
    )


ROUTES = (find, track, SurveyController)
