"""SendGrid's ``mail/send``."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, post
from litestar.di import NamedDependency
from msgspec import Struct

from notify.carrier.api.access import has_sendgrid_key
from notify.carrier.api.bending import Bending
from notify.carrier.exchange import Exchange
from notify.carrier.mail.requests import Fault, MailRequest, faults, letters
from notify.carrier.oracle import Subject

NOT_AUTHORISED = "The provided authorization grant is invalid, expired, or revoked"


class Complaint(Struct, frozen=True):
    errors: list[Fault]


@post("/v3/mail/send")
async def send_mail(
    request: Request[Any, Any, Any], exchange: NamedDependency[Exchange]
) -> Response[Any]:
    if not has_sendgrid_key(request):
        return _complain([Fault(NOT_AUTHORISED)], status=401)
    try:
        asked = msgspec.json.decode(await request.body(), type=MailRequest)
    except msgspec.DecodeError as fault:
        return _complain([Fault(f"Bad Request: {fault}")], status=400)
    wrong = list(faults(asked))
    if wrong:
        exchange.plant.oracle.note("refused", _subject(asked), "400")
        return _complain(wrong, status=400)
    sid = await _accept(request, exchange, asked)
    headers = {"X-Message-Id": sid}
    return Response(b"", media_type=MediaType.TEXT, status_code=202, headers=headers)


async def _accept(
    request: Request[Any, Any, Any], exchange: Exchange, asked: MailRequest
) -> str:
    bending = Bending(exchange.plant, _subject(asked))
    with bending.accepting():
        accepted = letters(asked)
        receipts = exchange.post.accept(accepted)
    await bending.after(request, accepted[0].subject, receipts)
    return accepted[0].sid


def _subject(asked: MailRequest) -> Subject:
    return Subject(
        channel="mail",
        sender=asked.sender.email,
        to=asked.first_to,
        body=asked.subject,
    )


def _complain(wrong: list[Fault], *, status: int) -> Response[Any]:
    return Response(Complaint(wrong), status_code=status)
