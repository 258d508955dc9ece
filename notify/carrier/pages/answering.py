"""One address, three readers: a program gets JSON, htmx nothing, a browser a page."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.response import Redirect
from msgspec import Struct

AnyRequest = Request[Any, Any, Any]


class Problem(Struct, frozen=True):
    error: str


def wants_json(request: AnyRequest) -> bool:
    return "application/json" in request.headers.get("accept", "")


def acted(request: AnyRequest, view: object, *, page: str) -> Response[Any]:
    """Answer an act: the page itself shows what came of it."""
    if wants_json(request):
        return Response(view, status_code=200)
    if "hx-request" in request.headers:
        return Response(None, status_code=204)
    return Redirect(page, status_code=303)
