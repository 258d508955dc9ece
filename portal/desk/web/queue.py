"""The queue, its parts that change by themselves, and the stream that says when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.response import (
    Redirect,
    ServerSentEvent,
    ServerSentEventMessage,
    Template,
)
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_409_CONFLICT,
)

import calls
import tenants
from calls import (
    CallAlreadyTaken,
    CallerHungUp,
    NobodyWaits,
    NoExtension,
    NotPutThrough,
    Telephony,
)
from portal.desk import looking
from portal.desk.minders import reminders_of
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.auth import Person
from townline.errors import Problem
from townline.i18n import gettext
from townline.live import Broadcaster
from townline.web import page


@get("/", sync_to_thread=True)
def show_queue(seat: NamedDependency[Seat]) -> Template:
    return queue_page(seat)


@get("/waiting", sync_to_thread=True)
def show_waiting(seat: NamedDependency[Seat]) -> Template:
    board = seat.board()
    looking.at_rows(seat, looking.waiting(board))
    return page("desk/waiting.html", board=board, oob=True)


@get("/runs", sync_to_thread=True)
def show_runs(seat: NamedDependency[Seat]) -> Template:
    return page("desk/runs.html", board=seat.board())


@get("/tasks", sync_to_thread=True)
def show_tasks(seat: NamedDependency[Seat]) -> Template:
    board = seat.board()
    looking.at_rows(seat, looking.owing(board))
    return page("desk/tasks.html", board=board)


@get("/next", sync_to_thread=True)
def show_next(seat: NamedDependency[Seat]) -> Template:
    return page("desk/next.html", board=seat.board())


@post("/next", sync_to_thread=True)
def take_next(
    seat: NamedDependency[Seat],
    telephony: SkipValidation[NamedDependency[Telephony]],
) -> Template | Redirect:
    """Which call it is, is decided when the key is pressed, not when it was shown."""
    try:
        call = calls.take_next(
            seat.database, by=seat.person, telephony=telephony, at=seat.at
        )
    except (NobodyWaits, NoExtension, NotPutThrough) as refusal:
        return queue_page(seat, refusal=gettext(str(refusal)))
    with seat.database.everybody() as session:
        slug = tenants.by_id(session, call.tenant_id).slug
    return go_on(f"/desk/calls/{slug}/{call.id}")


@get("/stream")
async def stream(
    person: NamedDependency[Person], broadcaster: NamedDependency[Broadcaster]
) -> ServerSentEvent:
    return ServerSentEvent(events(person, broadcaster))


@post("/calls/{slug:str}/{call_id:uuid}/claim", sync_to_thread=True)
def claim(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    telephony: SkipValidation[NamedDependency[Telephony]],
) -> Template | Redirect:
    try:
        _take(seat, slug, call_id, telephony)
    except (CallAlreadyTaken, CallerHungUp, NoExtension, NotPutThrough) as refusal:
        return queue_page(seat, refusal=_why(seat, slug, call_id, refusal))
    return go_on(f"/desk/calls/{slug}/{call_id}")


async def events(
    person: Person, broadcaster: Broadcaster
) -> AsyncIterator[ServerSentEventMessage]:
    # The first event leaves at once: the page then knows that its line is up.
    yield ServerSentEventMessage(event="pulse")
    async for kind in broadcaster.hints(person.desk_towns):
        yield ServerSentEventMessage(event=kind)


def queue_page(seat: Seat, *, refusal: str = "") -> Template:
    board = seat.board()
    looking.at_rows(seat, chain(looking.waiting(board), looking.owing(board)))
    return page(
        "desk/queue.html",
        status_code=HTTP_409_CONFLICT if refusal else HTTP_200_OK,
        board=board,
        dials=seat.dials(),
        reminders=reminders_of(seat.database, seat.person, at=seat.at),
        seat=seat,
        refusal=refusal,
        oob=False,
    )


def _take(seat: Seat, slug: str, call_id: UUID, telephony: Telephony) -> None:
    """Outside of our transaction: claiming and connecting commit one by one."""
    with seat.town(slug) as db:
        tenant_id = db.tenant_id
    calls.take(
        seat.database,
        tenant_id,
        call_id,
        by=seat.person,
        telephony=telephony,
        at=seat.at,
    )


def _why(seat: Seat, slug: str, call_id: UUID, refusal: Problem) -> str:
    """Who has it, where somebody has."""
    with seat.town(slug) as db:
        name = calls.get(db, call_id).claimed_by_name
    if not name or not isinstance(refusal, CallAlreadyTaken):
        return gettext(str(refusal))
    sentence = gettext("{name} has taken this call; the next one is yours.")
    return sentence.format(name=name)


ROUTES = (
    show_queue,
    show_waiting,
    show_runs,
    show_tasks,
    show_next,
    take_next,
    stream,
    claim,
)
