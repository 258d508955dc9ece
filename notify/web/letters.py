"""Letters: what became of ours, and what people answer to them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, RawBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

import tenants
from notify import links
from notify.channels import signatures
from notify.message import Answer
from notify.rules import replies
from notify.rules.replies import Reply
from notify.service.answers import answer
from notify.service.events import Report
from notify.web.callers import AnyRequest, Forged
from notify.web.inbox import Inbox, inbox_of
from townline.clock import Clock
from townline.db import Database
from townline.errors import NotFound
from townline.logs import logger
from townline.settings import Settings
from townline.tenancy import TenantSession, town

log = logger("notify.letters")
SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"


class LetterController(Controller):
    path = "/hooks/sendgrid"
    dependencies = {"inbox": Provide(inbox_of)}  # noqa: RUF012 - Litestar's

    @post("/events", status_code=HTTP_204_NO_CONTENT)
    async def became(
        self,
        request: AnyRequest,
        body: RawBody,
        inbox: NamedDependency[Inbox],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> None:
        if not signatures.from_sendgrid(
            body,
            signature=request.headers.get(SIGNATURE, ""),
            timestamp=request.headers.get(TIMESTAMP, ""),
            public_keys=settings.sendgrid.webhook_keys,
        ):
            raise Forged
        at = clock()
        await asyncio.gather(
            *(_keep(inbox, prefix, report, at=at) for prefix, report in _reports(body))
        )

    @post("/inbound", sync_to_thread=True, status_code=HTTP_200_OK)
    def answered(
        self,
        data: Annotated[
            dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)
        ],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> None:
        """Always 200: SendGrid would repeat for days what we cannot use."""
        address = _REPLY.search(str(data.get("to", "")))
        said = replies.parse(first_line(str(data.get("text", ""))))
        if not address or said.kind is None:
            log.warning("mail.not_an_answer", sender=str(data.get("from", "")))
            return
        prefix, token = address["prefix"].upper(), address["token"].lower()
        with suppress(NotFound):
            with engine.everybody() as session:
                tenant_id = tenants.by_prefix(session, prefix).id
            with town(engine, tenant_id) as db:
                _answer(db, token, said, secret=settings.secret, at=clock())


class _Event(msgspec.Struct):
    """What one event must have to be ours; SendGrid's events have many more fields."""

    event: str
    sg_event_id: str
    town: str = ""
    attempt: str = ""
    sg_message_id: str = ""
    reason: str = ""


_REPLY = re.compile(r"\+(?P<prefix>[A-Za-z]{3})\.(?P<token>[0-9A-Za-z]+)@")


def first_line(letter: str) -> str:
    """What they wrote above the letter that they answer."""
    return next((line.strip() for line in letter.splitlines() if line.strip()), "")


async def _keep(inbox: Inbox, prefix: str, report: Report, *, at: datetime) -> None:
    """What is not ours is not refused: SendGrid would repeat all the rest."""
    with suppress(NotFound):
        await inbox.keep(await inbox.town_called(prefix), report, at=at)


def _reports(body: bytes) -> Iterator[tuple[str, Report]]:
    for each in msgspec.json.decode(body, type=list[_Event]):
        with suppress(ValueError):
            attempt_id = UUID(each.attempt)
            yield (
                each.town,
                Report(
                    source="mail",
                    key=each.sg_event_id,
                    attempt_id=attempt_id,
                    payload=msgspec.to_builtins(each),
                ),
            )


def _answer(
    db: TenantSession, token: str, reply: Reply, *, secret: str, at: datetime
) -> None:
    """A letter proves nothing but that it was sent to an address only we gave out."""
    link = links.read(db, token, secret=secret, at=at)
    if reply.kind:
        said = Answer(
            kind=reply.kind,
            via="email",
            name=link.notification.recipient_name,
            note=reply.note,
        )
        answer(db, link.notification, said, at=at)
