"""The supervisor's board, and what a supervisor sets for an agent."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

import tenants
from calls import presence
from calls.presence import AtDesk
from portal.desk.floor import floor_of
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.errors import NotFound
from townline.tenancy import board
from townline.web import page


class Spoken(Struct, frozen=True):
    """What an agent answers in; with neither named, or both, all of it."""

    en: str = ""
    fr: str = ""


@get("/floor", sync_to_thread=True)
def show_floor(seat: NamedDependency[Seat]) -> Template:
    return _floor("desk/floor.html", seat)


@get("/floor/now", sync_to_thread=True)
def show_now(seat: NamedDependency[Seat]) -> Template:
    return _floor("desk/floor_now.html", seat)


@get("/floor/agents/{account_id:uuid}", sync_to_thread=True)
def show_agent(account_id: FromPath[UUID], seat: NamedDependency[Seat]) -> Template:
    with board(seat.database, seat.person.supervised_towns) as session:
        towns = tenants.current_of(session)
    agent = _agent(seat, account_id)
    return page("desk/floor_agent.html", agent=agent, towns=towns, seat=seat)


@post(
    "/floor/agents/{account_id:uuid}/languages",
    sync_to_thread=True,
)
def set_languages(
    account_id: FromPath[UUID],
    data: URLEncodedBody[Spoken],
    seat: NamedDependency[Seat],
) -> Redirect:
    agent = _agent(seat, account_id)
    chosen = [each for each in ("en", "fr") if getattr(data, each)]
    with seat.database.everybody() as session:
        presence.speaks(session, agent.account_id, chosen)
    return go_on("/desk/floor")


def _floor(template: str, seat: Seat) -> Template:
    floor = floor_of(seat.database, seat.person, at=seat.at)
    return page(template, floor=floor, seat=seat)


def _agent(seat: Seat, account_id: UUID) -> AtDesk:
    """Somebody who serves one of the supervisor's towns; nobody else is there."""
    with board(seat.database, seat.person.supervised_towns) as session:
        for each in presence.at_desk(session, at=seat.at):
            if each.account_id == account_id:
                return each
    raise NotFound


ROUTES = (show_floor, show_now, show_agent, set_languages)
