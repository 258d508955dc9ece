"""The handover board, its notes, and its two signatures."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from calls import handover
from portal.desk.handover import HandoverBoard, handover_board
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.db import new_id
from townline.errors import NotFound
from townline.tenancy import town
from townline.web import page


class Note(Struct, frozen=True):
    town: str
    body: str


class Signature(Struct, frozen=True):
    """``shift`` is made with the page: a form that is sent twice signs once."""

    shift: UUID


@get("/handover", sync_to_thread=True)
def show_handover(seat: NamedDependency[Seat]) -> Template:
    return _page("desk/handover.html", seat)


@get("/handover/now", sync_to_thread=True)
def show_standing(seat: NamedDependency[Seat]) -> Template:
    return _page("desk/handover_now.html", seat)


@post("/handover/notes", sync_to_thread=True)
def leave_note(data: URLEncodedBody[Note], seat: NamedDependency[Seat]) -> Redirect:
    with seat.town(data.town) as db:
        handover.leave_note(db, data.body, by=seat.person, at=seat.at)
    return _back()


@post("/handover", sync_to_thread=True)
def sign_out(data: URLEncodedBody[Signature], seat: NamedDependency[Seat]) -> Redirect:
    """One transaction a town: each has its own part, and its own line in its log."""
    for tenant_id, standing in _board(seat).standing.items():
        with town(seat.database, tenant_id) as db:
            handover.sign_out(db, data.shift, standing, by=seat.person, at=seat.at)
    return _back()


@post("/handover/{shift:uuid}/signature", sync_to_thread=True)
def sign_in(shift: FromPath[UUID], seat: NamedDependency[Seat]) -> Redirect:
    found = 0
    for tenant_id, now in _board(seat).standing.items():
        with town(seat.database, tenant_id) as db:
            row = handover.of_shift(db, shift)
            if row is None:
                continue
            counts = handover.changes(row.standing, now).counts
            handover.sign_in(db, shift, changed=counts, by=seat.person, at=seat.at)
        found += 1
    if not found:
        raise NotFound
    return _back()


def _page(template: str, seat: Seat) -> Template:
    return page(template, board=_board(seat), shift=new_id(), seat=seat)


def _board(seat: Seat) -> HandoverBoard:
    return handover_board(seat.database, seat.person, at=seat.at)


def _back() -> Redirect:
    return go_on("/desk/handover")


ROUTES = (show_handover, show_standing, leave_note, sign_out, sign_in)
