"""Who is calling: what the number is known for, and what is said to the difficult."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK

import calls
import tenants
import tickets
from calls import NewFlag
from portal.desk import looking
from portal.desk.opened import past_of
from portal.desk.seat import Seat
from townline.errors import Conflict, Forbidden, Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession
from townline.web import page

RENEWED_FOR = 30


@get("/calls/{slug:str}/{call_id:uuid}/history", sync_to_thread=True)
def show_history(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    phone: FromQuery[str] = "",
) -> Template:
    """For the number that was given, however it was said."""
    with seat.town(slug) as db:
        town = tenants.current(db).town
        number = tickets.normalised(phone, country=town.holidays[:2])
        found = past_of(db, call_id, phone=number)
        if found:
            looking.at_call(db, seat, calls.get(db, call_id))
    return page("desk/history.html", history=found, town=town, withheld=number is None)


@post(
    "/calls/{slug:str}/{call_id:uuid}/warnings",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def warn(
    slug: FromPath[str], call_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    def act(db: TenantSession) -> None:
        calls.warn(db, call_id, by=seat.person, at=seat.at)

    return _flags(seat, slug, call_id, act)


@post(
    "/calls/{slug:str}/{call_id:uuid}/flags",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def flag(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[dict[str, str]],
    seat: NamedDependency[Seat],
) -> Template:
    def act(db: TenantSession) -> None:
        calls.flag(db, call_id, _asked(data), by=seat.person, at=seat.at)

    return _flags(seat, slug, call_id, act)


@post(
    "/calls/{slug:str}/{call_id:uuid}/flags/{flag_id:uuid}/renewal",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def renew(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    flag_id: FromPath[UUID],
    seat: NamedDependency[Seat],
) -> Template:
    def act(db: TenantSession) -> None:
        calls.renew(db, flag_id, days=RENEWED_FOR, by=seat.person, at=seat.at)

    return _flags(seat, slug, call_id, act)


@post(
    "/calls/{slug:str}/{call_id:uuid}/flags/{flag_id:uuid}/end",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def end(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    flag_id: FromPath[UUID],
    seat: NamedDependency[Seat],
) -> Template:
    def act(db: TenantSession) -> None:
        calls.end_flag(db, flag_id, by=seat.person, at=seat.at)

    return _flags(seat, slug, call_id, act)


def _flags(
    seat: Seat, slug: str, call_id: UUID, act: Callable[[TenantSession], None]
) -> Template:
    """What is flagged now; a refusal is said in its place, and nothing has changed."""
    refusal = ""
    try:
        with seat.town(slug) as db:
            calls.get(db, call_id)
            act(db)
    except (Conflict, Forbidden, Invalid) as refused:
        refusal = gettext(str(refused))
    with seat.town(slug) as db:
        call = calls.get(db, call_id)
        return page(
            "desk/flags.html",
            flags=calls.flags_on(db, call.caller, by=seat.person, at=seat.at),
            warned=calls.warnings(db, call_id),
            town=tenants.current(db).town,
            here=f"/desk/calls/{slug}/{call_id}",
            refusal=refusal,
        )


def _asked(form: dict[str, str]) -> NewFlag:
    try:
        return msgspec.convert(form, NewFlag, strict=False)
    except msgspec.ValidationError as fault:
        raise Invalid(gettext("Write the days as a number.")) from fault


ROUTES = (show_history, warn, flag, renew, end)
