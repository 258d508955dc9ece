"""A town's own announcement on its lines: switched on with an end, and off again."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)
from msgspec import Meta, Struct

from calls import AnnouncementRefused, announcing
from portal.desk.announcements import announced
from portal.desk.seat import Seat
from portal.submission import go_on
from tenants.town import Text
from townline.i18n import gettext
from townline.proof import Actor
from townline.web import page

HERE = "/desk/announcements"
# Half a minute at the pace of a telephone voice; nobody listens longer than that.
LONGEST = 500
Words = Annotated[str, Meta(max_length=LONGEST)]
# Three days; whatever holds longer belongs into the town's file.
Hours = Annotated[int, Meta(ge=1, le=72)]


class New(Struct, frozen=True):
    town: str
    hours: Hours
    en: Words = ""
    fr: Words = ""


@get("/announcements", sync_to_thread=True)
def show(seat: NamedDependency[Seat]) -> Template:
    return _page(seat)


@post("/announcements", sync_to_thread=True)
def announce(
    data: URLEncodedBody[New], seat: NamedDependency[Seat]
) -> Template | Redirect:
    words = Text(en=data.en, fr=data.fr)
    until = seat.at + timedelta(hours=data.hours)
    try:
        with seat.town(data.town) as db:
            by = Actor("agent", seat.person.name)
            announcing.announce(db, words, ends_at=until, by=by, at=seat.at)
    except AnnouncementRefused as refusal:
        return _page(seat, refusal=gettext(str(refusal)))
    return _back()


@post("/announcements/{slug:str}/{id:uuid}/end", sync_to_thread=True)
def end(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Redirect:
    with seat.town(slug) as db:
        by = Actor("agent", seat.person.name)
        announcing.silence(db, id, by=by, at=seat.at)
    return _back()


def _page(seat: Seat, *, refusal: str = "") -> Template:
    return page(
        "desk/announcements.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refusal else HTTP_200_OK,
        said=announced(seat.database, seat.person, at=seat.at),
        seat=seat,
        refusal=refusal,
        longest=LONGEST,
    )


def _back() -> Redirect:
    return go_on(HERE)


ROUTES = (show, announce, end)
