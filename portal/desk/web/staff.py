"""``/desk/staff``: an administrator lets the operator's people in, and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from portal.desk import staff
from portal.desk.seat import Seat
from portal.desk.staff import Asked, staff_of
from townline.errors import Invalid
from townline.web import page

Form = dict[str, str]
HERE, UNDER = "/desk/staff", "towns."


@get("/staff", sync_to_thread=True)
def show_staff(seat: NamedDependency[Seat]) -> Template:
    return _page(seat, Asked())


@post("/staff/invitations", sync_to_thread=True)
def invite(
    data: URLEncodedBody[Form], seat: NamedDependency[Seat]
) -> Template | Redirect:
    asked = _asked(data)
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
    return _do(seat, lambda: staff.change(seat, account_id, _asked(data)))


@post("/staff/{account_id:uuid}/end", sync_to_thread=True)
def end_access(
    account_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template | Redirect:
    return _do(seat, lambda: staff.end_access(seat, account_id))


def _do(
    seat: Seat, act: Callable[[], None], asked: Asked | None = None
) -> Template | Redirect:
    """What is refused comes back as it was typed, with what is wrong with it."""
    try:
        act()
    except Invalid as refused:
        return _page(seat, asked or Asked(), refused=refused)
    return Redirect(HERE, status_code=HTTP_303_SEE_OTHER)


def _page(seat: Seat, asked: Asked, *, refused: Invalid | None = None) -> Template:
    return page(
        "desk/staff.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        seat=seat,
        it=staff_of(seat, asked, refused=refused),
        roles=staff.ROLES,
    )


def _asked(form: Mapping[str, str]) -> Asked:
    return Asked(
        email=form.get("email", ""),
        name=form.get("name", ""),
        role=form.get("role", ""),
        language=form.get("language", ""),
        towns=tuple(e.removeprefix(UNDER) for e in form if e.startswith(UNDER)),
    )


ROUTES = (show_staff, invite, invite_again, withdraw, change_role, end_access)
