"""The list of calls to make: who takes which, and what came of it."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT
from msgspec import Struct

from calls import (
    CallAlreadyTaken,
    CallerHungUp,
    NoExtension,
    NotPutThrough,
    Telephony,
)
from calls.returning import (
    CallBackDone,
    NobodyToRing,
    Said,
    Voicemail,
    hold,
    let_go,
    record,
)
from calls.ringing_back import ring_back
from calls.telephony import CallGone, ExchangeDown
from portal.desk import looking
from portal.desk.callbacks import CallBackList, call_back_list
from portal.desk.seat import Seat
from portal.submission import go_on
from townline.errors import NotFound, Problem
from townline.i18n import gettext
from townline.web import page

LIST = "/desk/callbacks"


class CameOfIt(Struct, frozen=True):
    result: Said


@get("/callbacks", sync_to_thread=True)
def show_page(seat: NamedDependency[Seat]) -> Template:
    return _page(seat)


@get("/callbacks/list", sync_to_thread=True)
def show_list(seat: NamedDependency[Seat]) -> Template:
    return page("desk/callbacks_list.html", calls=_calls(seat), seat=seat)


@post("/callbacks/{slug:str}/{id:uuid}/claim", sync_to_thread=True)
def claim(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template | Redirect:
    """For whoever rings by their own telephone, or hears a message first."""
    try:
        with seat.town(slug) as db:
            hold(db, id, by=seat.person, at=seat.at)
            looking.at_call_back(db, seat, id)
    except (CallAlreadyTaken, CallBackDone) as refusal:
        return _page(seat, refusal=refusal)
    return go_on(LIST)


@post("/callbacks/{slug:str}/{id:uuid}/ring", sync_to_thread=True)
def ring(
    slug: FromPath[str],
    id: FromPath[UUID],
    seat: NamedDependency[Seat],
    telephony: SkipValidation[NamedDependency[Telephony]],
) -> Template | Redirect:
    with seat.town(slug) as db:
        tenant_id = db.tenant_id
    try:
        call = ring_back(
            seat.database,
            tenant_id,
            id,
            by=seat.person,
            telephony=telephony,
            at=seat.at,
        )
    except (
        CallAlreadyTaken,
        CallBackDone,
        CallerHungUp,
        NobodyToRing,
        NoExtension,
        NotPutThrough,
    ) as refusal:
        return _page(seat, refusal=refusal)
    return go_on(f"/desk/calls/{slug}/{call.id}")


@post("/callbacks/{slug:str}/{id:uuid}/result", sync_to_thread=True)
def finish(
    slug: FromPath[str],
    id: FromPath[UUID],
    data: URLEncodedBody[CameOfIt],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    try:
        with seat.town(slug) as db:
            record(db, id, data.result, by=seat.person, at=seat.at)
    except (CallAlreadyTaken, CallBackDone) as refusal:
        return _page(seat, refusal=refusal)
    return go_on(LIST)


@post("/callbacks/{slug:str}/{id:uuid}/release", sync_to_thread=True)
def release(
    slug: FromPath[str], id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Redirect:
    with seat.town(slug) as db:
        let_go(db, id, by=seat.person)
    return go_on(LIST)


@get("/messages/{slug:str}/{id:uuid}", sync_to_thread=True)
def hear(
    slug: FromPath[str],
    id: FromPath[UUID],
    seat: NamedDependency[Seat],
    telephony: SkipValidation[NamedDependency[Telephony]],
) -> Response[bytes]:
    """Through us, as the exchange lets only us hear it."""
    with seat.town(slug) as db:
        recording = db.get(Voicemail, id).recording_sid
        looking.at_message(db, seat, id)
    try:
        sound = telephony.sound_of(recording)
    except CallGone as gone:
        raise NotFound from gone
    except ExchangeDown as down:
        raise NotPutThrough from down
    return Response(sound, media_type="audio/wav")


def _page(seat: Seat, *, refusal: Problem | None = None) -> Template:
    return page(
        "desk/callbacks.html",
        status_code=HTTP_409_CONFLICT if refusal else HTTP_200_OK,
        calls=_calls(seat),
        seat=seat,
        refusal=gettext(str(refusal)) if refusal else "",
    )


def _calls(seat: Seat) -> CallBackList:
    found = call_back_list(seat.database, seat.person, at=seat.at)
    looking.at_rows(seat, looking.to_ring(found))
    return found


ROUTES = (show_page, show_list, claim, ring, finish, release, hear)
