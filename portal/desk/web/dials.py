"""Calls to be made by hand: who takes one, the words to say, and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Meta, Struct

import notify
from notify import DialResult, DialTaken, Reported
from portal.desk.dials import dial_sheet
from portal.desk.seat import Seat
from portal.desk.web.queue import queue_page
from portal.submission import go_on
from townline.i18n import gettext
from townline.web import page

Minutes = Annotated[int, Meta(ge=1, le=notify.CALL_BACK_AT_MOST)]


class CameOfIt(Struct, frozen=True):
    """``dial`` is the hold it is said of, or a new key for who rang us."""

    dial: UUID
    result: DialResult
    answer: Literal["accept", "decline"] = "accept"
    minutes: Minutes = 10


@get("/dials", sync_to_thread=True)
def show_dials(seat: NamedDependency[Seat]) -> Template:
    return page("desk/dials.html", dials=seat.dials(), oob=True)


@get("/dials/{slug:str}/{id:uuid}", sync_to_thread=True)
def show_dial(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    return _sheet("desk/dial.html", slug, id, seat)


@get("/dials/{slug:str}/{id:uuid}/news", sync_to_thread=True)
def show_news(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """Whether the call is still needed; the page asks whenever runs change."""
    return _sheet("desk/dial_news.html", slug, id, seat)


@post("/dials/{slug:str}/{id:uuid}/claim", sync_to_thread=True)
def claim(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template | Redirect:
    try:
        with seat.town(slug) as db:
            taken = notify.take_dial(db, id, by=seat.person, at=seat.at)
    except DialTaken as refusal:
        return queue_page(seat, refusal=gettext(str(refusal)))
    if taken is None:
        return queue_page(seat, refusal=gettext("That call is not needed any more."))
    return go_on(f"/desk/dials/{slug}/{id}")


@post("/dials/{slug:str}/{id:uuid}/result", sync_to_thread=True)
def finish(
    slug: FromPath[str],
    id: FromPath[UUID],
    data: URLEncodedBody[CameOfIt],
    seat: NamedDependency[Seat],
) -> Redirect:
    """Back to the words for who is still on the line; else to the queue."""
    word = Reported(result=data.result, answer=data.answer, minutes=data.minutes)
    with seat.town(slug) as db:
        notify.record_dial(db, id, data.dial, word, by=seat.person, at=seat.at)
    return go_on(f"/desk/dials/{slug}/{id}" if word.said else "/desk")


@post("/dials/{slug:str}/{id:uuid}/release", sync_to_thread=True)
def release(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Redirect:
    with seat.town(slug) as db:
        notify.release_dial(db, id, by=seat.person, at=seat.at)
    return go_on("/desk")


def _sheet(template: str, slug: str, id: UUID, seat: Seat) -> Template:
    with seat.town(slug) as db:
        sheet = dial_sheet(db, id, by=seat.person, at=seat.at)
    return page(template, sheet=sheet, seat=seat)


ROUTES = (show_dials, show_dial, show_news, claim, finish, release)
