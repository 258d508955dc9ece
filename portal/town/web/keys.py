"""``/town/{slug}/keys``: a manager makes keys for the town's programs."""

from __future__ import annotations

from collections.abc import Mapping
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
from portal.town import program_keys
from portal.town.hall import Hall
from portal.town.program_keys import Ordered, keys_of
from townline.auth import KEY_DAYS
from townline.errors import Invalid
from townline.tenancy import TenantSession

Form = dict[str, str]
SCOPE, DEPARTMENT = "scopes.", "departments."


@get("/keys", sync_to_thread=True)
def show_keys(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        return _page(db, hall, Ordered())


@post("/keys", status_code=HTTP_200_OK, sync_to_thread=True)
def make_key(data: URLEncodedBody[Form], hall: NamedDependency[Hall]) -> Template:
    """The answer shows the key: it is kept nowhere, so no other page could."""
    ordered = _ordered(data)
    try:
        with hall.town() as db:
            token = program_keys.make(db, hall, ordered)
            return _page(db, hall, Ordered(), token=token)
    except Invalid as refused:
        with hall.town() as db:
            return _page(db, hall, ordered, refused=refused)


@post("/keys/{key_id:uuid}/revocation", sync_to_thread=True)
def revoke_key(key_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Redirect:
    program_keys.revoke(hall, key_id)
    return hall.to("/keys")


def _page(
    db: TenantSession,
    hall: Hall,
    ordered: Ordered,
    *,
    token: str = "",
    refused: Invalid | None = None,
) -> Template:
    return hall.page(
        "keys.html",
        tenants.current(db).town,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        it=keys_of(db, ordered, at=hall.at, token=token, refused=refused),
        scopes=program_keys.OFFERED,
        scope_name=program_keys.scope_name,
        lasting=KEY_DAYS,
    )


def _ordered(form: Mapping[str, str]) -> Ordered:
    days = form.get("days", "")
    return Ordered(
        name=form.get("name", ""),
        scopes=_ticked(form, SCOPE),
        departments=_ticked(form, DEPARTMENT),
        days=int(days) if days.isdecimal() else 0,
    )


def _ticked(form: Mapping[str, str], under: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(under) for name in form if name.startswith(under))


ROUTES = (show_keys, make_key, revoke_key)
