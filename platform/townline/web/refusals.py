"""How no is said: a page for people, a fragment for htmx, problem+json for machines."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_401_UNAUTHORIZED,
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
    HTTP_500_INTERNAL_SERVER_ERROR,
)

from townline.errors import Invalid, NotFound, Problem
from townline.i18n import gettext
from townline.logs import logger
from townline.web.envelope import key_in

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any] | Template | Redirect
log = logger("web")


def show_problem(request: AnyRequest, problem: Problem) -> Answer:
    """An expected failure, in the form and the language the asker reads."""
    message = gettext(str(problem))
    if problem.status_code == HTTP_401_UNAUTHORIZED and _reads_pages(request):
        return _to_the_door(request)
    if not _reads_pages(request):
        return _as_json(request, message, problem)
    fragment = bool(request.headers.get("hx-request"))
    return Template(
        "portal/refusal_fragment.html" if fragment else "portal/refusal.html",
        context={
            "message": message,
            "status": problem.status_code,
            "quote": request.scope["state"].get("request_id", ""),
        },
        status_code=problem.status_code,
    )


def show_http_problem(request: AnyRequest, refused: HTTPException) -> Answer:
    """Litestar's own refusals: no such address, a field missing or of a wrong kind."""
    if refused.status_code >= HTTP_500_INTERNAL_SERVER_ERROR:
        return show_bug(request, refused)
    if refused.status_code in {HTTP_404_NOT_FOUND, HTTP_405_METHOD_NOT_ALLOWED}:
        return show_problem(request, NotFound())
    problem = Invalid(_detail(refused))
    problem.status_code = refused.status_code
    return show_problem(request, problem)


def show_bug(request: AnyRequest, bug: Exception) -> Answer:
    """Our fault: the person gets a number to quote, we get the trace."""
    log.error("failed", path=request.url.path, exc_info=bug)
    problem = Problem(
        "This page failed, and it is our fault. Calls and relays go on without it."
    )
    problem.status_code = HTTP_500_INTERNAL_SERVER_ERROR
    return show_problem(request, problem)


def _detail(refused: HTTPException) -> str:
    wrong = [
        f"{each.get('key')}: {each.get('message')}"
        for each in (refused.extra or [])
        if isinstance(each, dict) and each.get("key")
    ]
    return "; ".join(wrong) or refused.detail


def _reads_pages(request: AnyRequest) -> bool:
    paths = request.url.path.startswith(("/hooks/", "/api/"))
    machine = paths or key_in(request.headers) is not None
    return not machine and "text/html" in request.headers.get("accept", "*/*").replace(
        "*/*", "text/html"
    )


def _to_the_door(request: AnyRequest) -> Answer:
    if request.headers.get("hx-request"):
        return Response(None, status_code=204, headers={"hx-redirect": "/login"})
    # With what was asked of the page: a link in a letter leads to one week, one list.
    asked = f"?{request.url.query}" if request.url.query else ""
    back = f"{request.url.path}{asked}" if request.method == "GET" else "/"
    return Redirect("/login", query_params={"next": back})


def _as_json(
    request: AnyRequest, message: str, problem: Problem
) -> Response[dict[str, Any]]:
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": type(problem).__name__,
        "status": problem.status_code,
        "detail": message,
        "instance": request.url.path,
    }
    if isinstance(problem, Invalid) and problem.field:
        told["field"] = problem.field
    return Response(
        told,
        status_code=problem.status_code,
        media_type="application/problem+json",
    )
