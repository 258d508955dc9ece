"""``/town/{slug}/rules/calendars``: secret addresses, for calendars that sign in
nowhere; and ``/calendar``, where those calendars read.
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.router import Router
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.town.hall import Hall
from portal.town.rosters.feeding import calendar_of
from portal.town.rosters.pages import EXCEPTIONS, Seen, roster_page
from tenants import duty
from tenants.duty import Calendar
from tenants.duty.feeds import Of
from tenants.town import Town
from townline.clock import Clock
from townline.db import Database
from townline.errors import Forbidden, NotFound
from townline.i18n import language
from townline.settings import Settings
from townline.tenancy import town

Typed = dict[str, str]
# Calendars ask by themselves; nobody between them and us may keep what they are told.
FRESH = {
    "cache-control": "private, no-cache",
    "x-robots-tag": "noindex",
    "content-disposition": 'inline; filename="on-call.ics"',
}


@get("/rules/calendars", sync_to_thread=True)
def show_calendars(hall: NamedDependency[Hall]) -> Template:
    return _page(hall)


@post("/rules/calendars", status_code=HTTP_200_OK, sync_to_thread=True)
def give(
    data: URLEncodedBody[Typed],
    hall: NamedDependency[Hall],
    settings: NamedDependency[Settings],
) -> Template:
    """Shown this once: we keep no address that somebody could take from us."""
    with hall.town() as db:
        here = tenants.current(db).town
        asked = _asked(data.get("of", ""), here)
        account = hall.person.account_id
        given = duty.give(db, asked, account_id=account, by=hall.actor, at=hall.at)
        secret = f"/calendar/{here.prefix}/{given.token}/on-call.ics"
    return _page(hall, address=f"{settings.public_url}{secret}")


@post("/rules/calendars/{feed_id:uuid}/revocation", sync_to_thread=True)
def revoke(feed_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Redirect:
    """One's own; whoever may change rosters, anybody's."""
    with hall.town() as db:
        feed = db.get(duty.RosterFeed, feed_id)
        is_own = feed.account_id == hall.person.account_id
        if not is_own and not hall.may("POST", EXCEPTIONS):
            raise Forbidden
        duty.revoke(db, feed_id, by=hall.actor, at=hall.at)
    return hall.to("/rules/calendars")


@get("/{prefix:str}/{token:str}/on-call.ics", sync_to_thread=True)
def read(
    prefix: FromPath[str],
    token: FromPath[str],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    with database.everybody() as session:
        tenant_id = tenants.by_prefix(session, prefix).id
    with town(database, tenant_id) as db:
        feed = duty.feed_of(db, token)
        body = calendar_of(tenants.current(db).town, feed, at=clock())
    return Response(body, media_type="text/calendar; charset=utf-8", headers=FRESH)


def _asked(of: str, here: Town) -> Calendar:
    """``roster:water`` or ``contact:dan-ortiz``, of those there are."""
    kind, _, key = of.partition(":")
    known = {
        "roster": [each.key for each in here.rosters],
        "contact": [each.key for each in here.contacts],
    }
    if key not in known.get(kind, ()):
        raise NotFound
    return Calendar(kind=cast("Of", kind), key=key, language=language())


def _page(hall: Hall, *, address: str = "") -> Template:
    with hall.town() as db:
        return roster_page(
            hall,
            "roster_calendars.html",
            Seen(tenants.current(db).town),
            feeds=duty.feeds(db),
            address=address,
        )


ROUTES = (show_calendars, give, revoke)
PUBLIC = (Router("/calendar", route_handlers=[read]),)
