"""``/town/{slug}/people``: a manager lets people in, changes roles and ends access."""

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

import tenants
from portal.town import people
from portal.town.hall import Hall
from portal.town.people import Asked, people_of
from townline.errors import Invalid

Form = dict[str, str]
UNDER = "departments."


@get("/people", sync_to_thread=True)
def show_people(hall: NamedDependency[Hall]) -> Template:
    return _page(hall, Asked())


@post("/people/invitations", sync_to_thread=True)
def invite(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    asked = _asked(data)
    return _do(hall, lambda: people.invite(hall, asked), asked)


@post("/people/invitations/{invitation_id:uuid}/again", sync_to_thread=True)
def invite_again(
    invitation_id: FromPath[UUID], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(hall, lambda: people.invite_again(hall, invitation_id))


@post("/people/invitations/{invitation_id:uuid}/withdraw", sync_to_thread=True)
def withdraw(
    invitation_id: FromPath[UUID], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(hall, lambda: people.withdraw(hall, invitation_id))


@post("/people/{account_id:uuid}/role", sync_to_thread=True)
def change_role(
    account_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    hall: NamedDependency[Hall],
) -> Template | Redirect:
    return _do(hall, lambda: people.change_role(hall, account_id, _asked(data)))


@post("/people/{account_id:uuid}/end", sync_to_thread=True)
def end_access(
    account_id: FromPath[UUID], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(hall, lambda: people.end_access(hall, account_id))


def _do(
    hall: Hall, act: Callable[[], None], asked: Asked | None = None
) -> Template | Redirect:
    """What is refused comes back as it was typed, with what is wrong with it."""
    try:
        act()
    except Invalid as refused:
        return _page(hall, asked or Asked(), refused=refused)
    return Redirect(f"{hall.address}/people", status_code=HTTP_303_SEE_OTHER)


def _page(hall: Hall, asked: Asked, *, refused: Invalid | None = None) -> Template:
    with hall.town() as db:
        return hall.page(
            "people.html",
            tenants.current(db).town,
            status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
            it=people_of(db, at=hall.at, asked=asked, refused=refused),
            roles=people.ROLES,
        )


def _asked(form: Mapping[str, str]) -> Asked:
    return Asked(
        email=form.get("email", ""),
        name=form.get("name", ""),
        role=form.get("role", ""),
        language=form.get("language", ""),
        departments=tuple(
            name.removeprefix(UNDER) for name in form if name.startswith(UNDER)
        ),
    )


ROUTES = (show_people, invite, invite_again, withdraw, change_role, end_access)
