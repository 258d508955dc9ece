"""``/r``: the link in a relay. Looking changes nothing; sending a form does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
)

import tickets
from portal.crew.progress import Progress, keep
from portal.crew.relay import Refused, relay_page
from portal.crew.visits import answer, visiting
from portal.submission import go_on
from townline.clock import Clock
from townline.db import Database
from townline.errors import Conflict, Invalid, NotFound
from townline.i18n import gettext
from townline.settings import Settings
from townline.web.refusals import Answer, show_problem

# A photo never changes; the phone need not fetch it twice on a bad line.
KEEP = CacheControlHeader(max_age=86_400, private=True, immutable=True)
AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Said:
    answer: str = ""


def refuse_large_photo(request: AnyRequest, _: Exception) -> Answer:
    """The request was cut off while it came in: say why, in words for a phone."""
    problem = tickets.PictureTooLarge(field="photo")
    problem.status_code = HTTP_413_REQUEST_ENTITY_TOO_LARGE
    return show_problem(request, problem)


@get("/r/{prefix:str}/{token:str}", sync_to_thread=True)
def show(
    prefix: FromPath[str],
    token: FromPath[str],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Template:
    with visiting(database, prefix, token, settings=settings, at=clock()) as visit:
        return relay_page(visit)


@post("/r/{prefix:str}/{token:str}/answer", sync_to_thread=True)
def take_or_decline(
    prefix: FromPath[str],
    token: FromPath[str],
    data: URLEncodedBody[Said],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Redirect:
    with visiting(database, prefix, token, settings=settings, at=clock()) as visit:
        answer(visit, data.answer)
    return _back(prefix, token)


@post(
    "/r/{prefix:str}/{token:str}/progress",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
    exception_handlers={HTTP_413_REQUEST_ENTITY_TOO_LARGE: refuse_large_photo},
)
def tell_progress(
    prefix: FromPath[str],
    token: FromPath[str],
    data: MultipartBody[Progress],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Template | Redirect:
    try:
        # A second click finds the ticket closed or handed on: the page says so.
        with (
            suppress(Conflict),
            visiting(database, prefix, token, settings=settings, at=clock()) as visit,
        ):
            keep(visit, data)
    except Invalid as fault:
        refused = Refused(gettext(str(fault)), fault.field, data.note)
        with visiting(database, prefix, token, settings=settings, at=clock()) as visit:
            return relay_page(visit, refused=refused)
    return _back(prefix, token)


@get("/r/{prefix:str}/{token:str}/photos/{photo_id:uuid}", sync_to_thread=True)
def show_photo(
    prefix: FromPath[str],
    token: FromPath[str],
    photo_id: FromPath[UUID],
    database: NamedDependency[Database],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    with visiting(database, prefix, token, settings=settings, at=clock()) as visit:
        photo = tickets.photo(visit.db, photo_id)
        if photo.ticket_id != visit.ticket.id:
            raise NotFound
        keep_it = {"cache-control": KEEP.to_header()}
        return Response(photo.body, media_type=photo.media_type, headers=keep_it)


def _back(prefix: str, token: str) -> Redirect:
    return go_on(f"/r/{prefix}/{token}")


ROUTES = (show, take_or_decline, tell_progress, show_photo)
