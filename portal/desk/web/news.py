"""What is new in the rules of the towns: shown, and said to have been read."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from portal.desk import news
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.web import page


@get("/news", sync_to_thread=True)
def show(seat: NamedDependency[Seat]) -> Template:
    return page("desk/news.html", seat=seat, told=news.told(seat))


@post("/news/{slug:str}/{number:int}/receipt", sync_to_thread=True)
def read(
    slug: FromPath[str], number: FromPath[int], seat: NamedDependency[Seat]
) -> Redirect:
    news.mark_read(seat, slug, number)
    return go_on("/desk/news")


ROUTES = (show, read)
