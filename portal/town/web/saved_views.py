"""``/tickets/views``: a list is kept under a name, for oneself or for the town."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY

from portal.town.hall import Hall
from portal.town.tickets import saved_views
from portal.town.tickets.filters import Asked
from portal.town.web.lists import list_page
from townline.errors import Invalid

Form = dict[str, str]


@post("/tickets/views", sync_to_thread=True)
def save_own(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _save(hall, data, lambda: saved_views.save(hall, data, shared=False))


@post("/tickets/views/shared", sync_to_thread=True)
def save_for_all(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _save(hall, data, lambda: saved_views.save(hall, data, shared=True))


@post("/tickets/views/{view_id:uuid}/end", sync_to_thread=True)
def drop_own(view_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Redirect:
    saved_views.drop(hall, view_id, shared=False)
    return hall.to("/tickets")


@post("/tickets/views/shared/{view_id:uuid}/end", sync_to_thread=True)
def drop_for_all(view_id: FromPath[UUID], hall: NamedDependency[Hall]) -> Redirect:
    saved_views.drop(hall, view_id, shared=True)
    return hall.to("/tickets")


def _save(hall: Hall, form: Form, act: Callable[[], None]) -> Template | Redirect:
    asked = Asked.of(form)
    try:
        act()
    except Invalid as fault:
        return list_page(
            hall,
            asked,
            status_code=HTTP_422_UNPROCESSABLE_ENTITY,
            typed=form.get("name", ""),
            refused=fault,
        )
    return hall.to(f"/tickets?{asked.query()}")


ROUTES = (save_own, save_for_all, drop_own, drop_for_all)
