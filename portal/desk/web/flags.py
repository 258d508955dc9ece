"""Difficult callers: the list, one of them, and what a supervisor decides about it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Meta, Struct

from portal.desk.flags import (
    EVERYWHERE,
    MOST_DAYS,
    flag_board,
    flag_page,
    lengthen,
    lift,
)
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.web import page

# A sentence or two, as for the flag itself.
Why = Annotated[str, Meta(min_length=3, max_length=400, pattern=r"\S")]
Days = Annotated[int, Meta(ge=1, le=MOST_DAYS)]


class Longer(Struct, frozen=True):
    why: Why
    days: Days


class Lifted(Struct, frozen=True):
    why: Why


class LongerEverywhere(Struct, frozen=True):
    """Of what holds at every desk no words are kept, and none are asked for."""

    days: Days


@get("/flags", sync_to_thread=True)
def show_flags(seat: NamedDependency[Seat]) -> Template:
    return page("desk/difficult_callers.html", board=flag_board(seat), seat=seat)


@get("/flags/{slug:str}/{flag_id:uuid}", sync_to_thread=True)
def show_flag(
    slug: FromPath[str], flag_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    return _show(seat, slug, flag_id)


@get("/flags/everywhere/{flag_id:uuid}", sync_to_thread=True)
def show_every_desks(flag_id: FromPath[UUID], seat: NamedDependency[Seat]) -> Template:
    return _show(seat, EVERYWHERE, flag_id)


@post("/flags/{slug:str}/{flag_id:uuid}/renewal", sync_to_thread=True)
def renew_flag(
    slug: FromPath[str],
    flag_id: FromPath[UUID],
    data: URLEncodedBody[Longer],
    seat: NamedDependency[Seat],
) -> Redirect:
    lengthen(seat, slug, flag_id, days=data.days, why=data.why)
    return go_on(f"/desk/flags/{slug}/{flag_id}")


@post("/flags/{slug:str}/{flag_id:uuid}/end", sync_to_thread=True)
def lift_flag(
    slug: FromPath[str],
    flag_id: FromPath[UUID],
    data: URLEncodedBody[Lifted],
    seat: NamedDependency[Seat],
) -> Redirect:
    lift(seat, slug, flag_id, why=data.why)
    return go_on(f"/desk/flags/{slug}/{flag_id}")


@post("/flags/everywhere/{flag_id:uuid}/renewal", sync_to_thread=True)
def renew_every_desks(
    flag_id: FromPath[UUID],
    data: URLEncodedBody[LongerEverywhere],
    seat: NamedDependency[Seat],
) -> Redirect:
    lengthen(seat, EVERYWHERE, flag_id, days=data.days, why="")
    return go_on(f"/desk/flags/{EVERYWHERE}/{flag_id}")


@post("/flags/everywhere/{flag_id:uuid}/end", sync_to_thread=True)
def lift_every_desks(flag_id: FromPath[UUID], seat: NamedDependency[Seat]) -> Redirect:
    lift(seat, EVERYWHERE, flag_id, why="")
    return go_on(f"/desk/flags/{EVERYWHERE}/{flag_id}")


def _show(seat: Seat, slug: str, flag_id: UUID) -> Template:
    found = flag_page(seat, slug, flag_id)
    return page("desk/difficult_caller.html", it=found, seat=seat)


ROUTES = (
    show_flags,
    show_flag,
    show_every_desks,
    renew_flag,
    lift_flag,
    renew_every_desks,
    lift_every_desks,
)
