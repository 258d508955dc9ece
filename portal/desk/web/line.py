"""The line of a call: hold, who comes and goes, what is recorded, and ringing again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from calls import Telephony, talking
from calls.talking import Hand
from portal.desk.line import on_the_line, whom_to_ring
from portal.desk.seat import Seat
from townline.errors import NotFound, Problem
from townline.i18n import gettext
from townline.web import page

CALL = "/calls/{slug:str}/{call_id:uuid}"


def hand_of(
    slug: FromPath[str],
    seat: NamedDependency[Seat],
    telephony: SkipValidation[NamedDependency[Telephony]],
) -> Hand:
    """The dependency ``hand``: the agent's, on the calls of the town in the address."""
    with seat.town(slug) as db:
        tenant_id = db.tenant_id
    return Hand(
        database=seat.database,
        tenant_id=tenant_id,
        by=seat.person,
        telephony=telephony,
        at=seat.at,
    )


class Wanted(Struct, frozen=True):
    """Whom to ring, and how; ``number`` only where ``target`` is nobody's."""

    how: Literal["warm", "cold", "conference"] = "conference"
    target: str = ""
    number: str = ""
    meant: Literal["", "yes"] = ""


@get(f"{CALL}/controls", sync_to_thread=True)
def show_controls(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    return _controls(slug, call_id, seat)


@get(f"{CALL}/targets", sync_to_thread=True)
def show_targets(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        found = whom_to_ring(db, call_id)
    return page("desk/targets.html", targets=found, here=_here(slug, call_id))


@post(f"{CALL}/hold", status_code=HTTP_200_OK, sync_to_thread=True)
def hold(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(slug, call_id, seat, lambda: talking.hold(hand, call_id))


@post(f"{CALL}/hold/end", status_code=HTTP_200_OK, sync_to_thread=True)
def resume(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(slug, call_id, seat, lambda: talking.resume(hand, call_id))


@post(f"{CALL}/legs", status_code=HTTP_200_OK, sync_to_thread=True)
def ring(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Wanted],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    """Somebody else: talked to first, with the caller at once, or with both."""

    def act() -> None:
        with hand.town() as db:
            found = talking.target_of(
                db, data.target, number=data.number, confirmed=data.meant == "yes"
            )
        if data.how == "cold":
            talking.pass_on(hand, call_id, found)
        else:
            talking.add(hand, call_id, found, data.how)

    return _done(slug, call_id, seat, act)


@post(f"{CALL}/legs/{{leg_id:uuid}}/end", status_code=HTTP_200_OK, sync_to_thread=True)
def drop(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    leg_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(slug, call_id, seat, lambda: talking.drop(hand, leg_id))


@post(f"{CALL}/departure", status_code=HTTP_200_OK, sync_to_thread=True)
def step_out(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(slug, call_id, seat, lambda: talking.step_out(hand, call_id))


@post(f"{CALL}/end", status_code=HTTP_200_OK, sync_to_thread=True)
def part(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(slug, call_id, seat, lambda: talking.part(hand, call_id))


@post(f"{CALL}/recording/pause", status_code=HTTP_200_OK, sync_to_thread=True)
def pause(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(slug, call_id, seat, lambda: talking.pause(hand, call_id))


@post(f"{CALL}/recording/resumption", status_code=HTTP_200_OK, sync_to_thread=True)
def record_again(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template:
    return _done(
        slug,
        call_id,
        seat,
        lambda: talking.resume_recording(hand, call_id),
    )


@post(f"{CALL}/redial", status_code=HTTP_200_OK, sync_to_thread=True)
def redial(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    hand: NamedDependency[Hand],
) -> Template | Response[None]:
    """To the new call's own page at once: the agent sees it ring."""
    try:
        made = talking.redial(hand, call_id)
    except NotFound:
        raise
    except Problem as refusal:
        return _controls(slug, call_id, seat, refusal=refusal)
    there = f"/desk/calls/{slug}/{made.id}"
    return Response(None, status_code=HTTP_200_OK, headers={"hx-redirect": there})


@get("/recordings/{slug:str}/{recording_id:uuid}", sync_to_thread=True)
def listen(
    recording_id: FromPath[UUID],
    hand: NamedDependency[Hand],
) -> Response[bytes]:
    """The only way to the sound; who heard it, and when, is on the town's record."""
    sound = talking.listen(hand, recording_id)
    return Response(
        sound, media_type="audio/wav", headers={"cache-control": "no-store"}
    )


def _done(
    slug: str,
    call_id: UUID,
    seat: Seat,
    act: Callable[[], object],
) -> Template:
    """The controls as they are afterwards, and why, if it was not done."""
    try:
        act()
    except NotFound:
        raise
    except Problem as refusal:
        return _controls(slug, call_id, seat, refusal=refusal)
    return _controls(slug, call_id, seat)


def _controls(
    slug: str, call_id: UUID, seat: Seat, *, refusal: Problem | None = None
) -> Template:
    why = gettext(str(refusal)) if refusal else ""
    with seat.town(slug) as db:
        line = on_the_line(db, call_id, seat=seat, refusal=why)
    return page("desk/controls.html", line=line, here=_here(slug, call_id), slug=slug)


def _here(slug: str, call_id: UUID) -> str:
    return f"/desk/calls/{slug}/{call_id}"


ROUTES = (
    show_controls,
    show_targets,
    hold,
    resume,
    ring,
    drop,
    step_out,
    part,
    pause,
    record_again,
    redial,
    listen,
)
