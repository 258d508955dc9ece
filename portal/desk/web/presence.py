"""Being there: the pulse that every page answers, and the state an agent chooses."""

from __future__ import annotations

from litestar import post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT
from msgspec import Struct

from calls import presence
from calls.presence import Chosen
from portal.desk.seat import Seat
from townline.web import page


class Choice(Struct, frozen=True):
    state: Chosen


@post("/here", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
def be_here(seat: NamedDependency[Seat]) -> None:
    """Any number of pages, on any number of processes, say the same."""
    with seat.database.everybody() as session:
        presence.here(session, seat.person, at=seat.at)


@post("/state", status_code=HTTP_200_OK, sync_to_thread=True)
def choose(data: URLEncodedBody[Choice], seat: NamedDependency[Seat]) -> Template:
    with seat.database.everybody() as session:
        me = presence.choose(session, seat.person, data.state, at=seat.at)
        return page("desk/my_state.html", me=me, at=seat.at, oob=True)


ROUTES = (be_here, choose)
