"""Refusals on the wire, in the shape of whichever carrier was asked."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.types import ExceptionHandlersMap

from notify.carrier import errors
from notify.carrier.api.mail_send import Complaint
from notify.carrier.errors import Problem, Refusal, TooManyRequests
from notify.carrier.handsets import NotNow
from notify.carrier.mail.requests import Fault

AnyRequest = Request[Any, Any, Any]


def refuse(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    headers = {}
    if isinstance(refusal, TooManyRequests):
        headers["Retry-After"] = f"{refusal.retry_after:.0f}"
    problem = Problem.of(refusal)
    sendgrid = request.scope["path"].startswith("/v3/")
    return Response(
        Complaint([Fault(problem.message)]) if sendgrid else problem,
        status_code=refusal.status,
        headers=headers,
    )


def not_found(request: AnyRequest, _: NotFoundException) -> Response[Any]:
    return refuse(request, errors.NotFound(request.scope["path"]))


def not_now(_: AnyRequest, reason: NotNow) -> Response[Any]:
    return Response({"error": str(reason)}, status_code=409)


def not_understood(_: AnyRequest, fault: msgspec.ValidationError) -> Response[Any]:
    return Response({"error": str(fault)}, status_code=400)


REFUSALS: ExceptionHandlersMap = {
    Refusal: refuse,
    NotFoundException: not_found,
    NotNow: not_now,
    msgspec.ValidationError: not_understood,
}
