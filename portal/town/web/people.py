"""``/town/{slug}/people``: a manager lets people in, changes roles and ends access."""

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

import tenants
from portal.admission import Asked, asked_in
from portal.submission import submit
from portal.town import people
from portal.town.hall import Hall
from portal.town.people import people_of
from townline.errors import Invalid

Form = dict[str, str]
UNDER = "departments."
NOBODY = Asked(role="dispatcher")


@get("/people", sync_to_thread=True)
def show_people(hall: NamedDependency[Hall]) -> Template:
    return _page(hall, NOBODY)


@post("/people/invitations", sync_to_thread=True)
def invite(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    asked = asked_in(data, under=UNDER)
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
    return _do(
        hall, lambda: people.change_role(hall, account_id, asked_in(data, under=UNDER))
    )


@post("/people/{account_id:uuid}/end", sync_to_thread=True)
def end_access(
    account_id: FromPath[UUID], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _do(hall, lambda: people.end_access(hall, account_id))


def _do(
    hall: Hall, act: Callable[[], None], asked: Asked = NOBODY
) -> Template | Redirect:
    again = partial(_page, hall, asked)
    return submit(act, again=again, to=f"{hall.address}/people")


def _page(hall: Hall, asked: Asked, refused: Invalid | None = None) -> Template:
    with hall.town() as db:
        return hall.page(
            "people.html",
            tenants.current(db).town,
            status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
            it=people_of(db, at=hall.at, asked=asked, refused=refused),
            roles=people.ROLES,
        )


ROUTES = (show_people, invite, invite_again, withdraw, change_role, end_access)
