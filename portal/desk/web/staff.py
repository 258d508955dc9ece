"""``/desk/staff``: an administrator lets the operator's people in, and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from portal.admission import Asked, asked_in
from portal.desk import staff
from portal.desk.seat import Seat
from portal.desk.staff import staff_of
from portal.submission import submit
from townline.errors import Invalid
from townline.web import page

Form = dict[str, str]
HERE, UNDER = "/desk/staff", "towns."
NOBODY = Asked(role="agent")


@get("/staff", sync_to_thread=True)
def show_staff(seat: NamedDependency[Seat]) -> Template:
    return _page(seat, NOBODY)


@post("/staff/invitations", sync_to_thread=True)
def invite(
    data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template | Redirect:
    asked = asked_in(data, under=UNDER)
    return _do(seat, lambda: staff.invite(seat, asked), asked)


@post("/staff/invitations/{slug:str}/{invitation_id:uuid}/again", sync_to_thread=True)
def invite_again(
    slug: FromPath[str], invitation_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template | Redirect:
    return _do(seat, lambda: staff.invite_again(seat, slug, invitation_id))


@post(
    "/staff/invitations/{slug:str}/{invitation_id:uuid}/withdraw", sync_to_thread=True
)
def withdraw(
    slug: FromPath[str], invitation_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template | Redirect:
    return _do(seat, lambda: staff.withdraw(seat, slug, invitation_id))


@post("/staff/{account_id:uuid}/role", sync_to_thread=True)
def change_role(
    account_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Template | Redirect:
    return _do(
        seat, lambda: staff.change(seat, account_id, asked_in(data, under=UNDER))
    )


@post("/staff/{account_id:uuid}/end", sync_to_thread=True)
def end_access(
    account_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template | Redirect:
    return _do(seat, lambda: staff.end_access(seat, account_id))


def _do(
    seat: Seat, act: Callable[[], None], asked: Asked = NOBODY
) -> Template | Redirect:
    again = partial(_page, seat, asked)
    return submit(act, again=again, to=HERE)


def _page(seat: Seat, asked: Asked, refused: Invalid | None = None) -> Template:
    return page(
        "desk/staff.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        seat=seat,
        it=staff_of(seat, asked, refused=refused),
        roles=staff.ROLES,
    )


ROUTES = (show_staff, invite, invite_again, withdraw, change_role, end_access)
