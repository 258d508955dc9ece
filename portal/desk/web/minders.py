"""Minders: set one, do it, put it off, or hand it over."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Meta, Struct

import tenants
from calls import minders, presence
from calls.minders import About, Wish
from portal.desk.minders import reminders_of
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.errors import NotFound
from townline.tenancy import board
from townline.web import page

# Beyond a shift nobody puts a minder off: they set another.
Minutes = Annotated[int, Meta(ge=1, le=720)]
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Asked(Struct, frozen=True):
    """``at`` is a time of the town's own clocks."""

    town: str
    at: Clock
    words: str
    whose: Literal["mine", "desk"] = "mine"
    about: About = "town"
    about_id: UUID | None = None


class Later(Struct, frozen=True):
    minutes: Minutes


class Successor(Struct, frozen=True):
    """``to`` is a colleague's account; empty is the whole desk."""

    to: Annotated[str, Meta(pattern=r"^([0-9a-f-]{36})?$")] = ""


@get("/minders", sync_to_thread=True)
def show_minders(seat: NamedDependency[Seat]) -> Template:
    found = reminders_of(seat.database, seat.person, at=seat.at)
    return page("desk/minders.html", reminders=found)


@post("/minders", sync_to_thread=True)
def remind(data: URLEncodedBody[Asked], seat: NamedDependency[Seat]) -> Redirect:
    with seat.town(data.town) as db:
        zone = tenants.current(db).town.time_zone
        wish = Wish(
            words=data.words,
            due_at=minders.next_time(time.fromisoformat(data.at), zone, at=seat.at),
            mine=data.whose == "mine",
            about=data.about,
            about_id=data.about_id,
        )
        minders.remind(db, wish, by=seat.person, at=seat.at)
    there = "/desk" if wish.about != "ticket" else _ticket(data)
    return go_on(there)


@post("/minders/{slug:str}/{id:uuid}/done", sync_to_thread=True)
def finish(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Redirect:
    with seat.town(slug) as db:
        minders.done(db, id, by=seat.person, at=seat.at)
    return _back()


@post("/minders/{slug:str}/{id:uuid}/snooze", sync_to_thread=True)
def snooze(
    slug: FromPath[str],
    id: FromPath[UUID],
    data: URLEncodedBody[Later],
    seat: NamedDependency[Seat],
) -> Redirect:
    length = timedelta(minutes=data.minutes)
    with seat.town(slug) as db:
        minders.snooze(db, id, length, by=seat.person, at=seat.at)
    return _back()


@get("/minders/{slug:str}/{id:uuid}", sync_to_thread=True)
def show_minder(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        minder = db.get(minders.Minder, id)
        town = tenants.current(db).town
    colleagues = _colleagues(seat, minder.tenant_id)
    return page(
        "desk/minder.html", minder=minder, town=town, colleagues=colleagues, seat=seat
    )


@post("/minders/{slug:str}/{id:uuid}/owner", sync_to_thread=True)
def hand_over(
    slug: FromPath[str],
    id: FromPath[UUID],
    data: URLEncodedBody[Successor],
    seat: NamedDependency[Seat],
) -> Redirect:
    with seat.town(slug) as db:
        to = _successor(seat, db.tenant_id, UUID(data.to)) if data.to else None
        minders.hand_over(db, id, to=to, by=seat.person, at=seat.at)
    return _back()


def _successor(seat: Seat, tenant_id: UUID, to: UUID) -> tuple[UUID, str]:
    for each in _colleagues(seat, tenant_id):
        if each.account_id == to:
            return to, each.name
    raise NotFound


def _colleagues(seat: Seat, tenant_id: UUID) -> tuple[presence.AtDesk, ...]:
    with board(seat.database, [tenant_id]) as session:
        return tuple(presence.at_desk(session, at=seat.at))


def _ticket(data: Asked) -> str:
    return f"/desk/tickets/{data.town}/{data.about_id}"


def _back() -> Redirect:
    return go_on("/desk")


ROUTES = (show_minders, remind, finish, snooze, show_minder, hand_over)
