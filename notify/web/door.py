"""The door for status callbacks, which come in floods: signed, kept, answered.

It stands before the application, whose routing, envelope and forms cost several times
what these callbacks need. What it does not know goes on to the application.
"""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import (
    ASGIApp,
    HTTPRequestEvent,
    HTTPScope,
    Receive,
    Scope,
    Send,
)

from notify.channels import signatures
from notify.service.events import Report, Source
from notify.web.callers import Forged, key_of
from notify.web.inbox import STATE, Inbox
from notify.web.patience import AWAY, last_words
from townline.clock import Clock
from townline.db import Database
from townline.errors import Invalid, Problem
from townline.logs import logger
from townline.settings import Settings
from townline.web.envelope import ANSWERS

ADDRESS = re.compile(
    r"/hooks/twilio/(?P<what>message|call)-status"
    r"/(?P<prefix>[A-Za-z]{3})/(?P<attempt>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
SOURCES: dict[str, Source] = {"message": "text_status", "call": "call_status"}
# Twilio's forms have a few hundred bytes.
LARGEST = 65_536
KEPT, NOT_NOW = 204, 503
POST = "POST"

log = logger("notify.door")


class TooLarge(Invalid):
    """A status callback is not as long as this."""


def open_door(
    app: Litestar, *, engine: Database, settings: Settings, clock: Clock
) -> None:
    """Both share one inbox: reports of a town gather in one place."""
    inbox = Inbox(engine)
    app.state[STATE] = inbox
    app.on_shutdown += [last_words, inbox.close]
    app.asgi_handler = Door(app.asgi_handler, inbox, settings, clock)


class Door:
    """An ASGI application around another."""

    def __init__(
        self, inside: ASGIApp, inbox: Inbox, settings: Settings, clock: Clock
    ) -> None:
        self._inside = inside
        self._inbox = inbox
        self._clock = clock
        self._public_url = settings.public_url
        self._tokens = settings.twilio.tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = ADDRESS.fullmatch(scope["path"])
        if found and scope["type"] == ScopeType.HTTP and scope["method"] == POST:
            await _answer(send, await self._take(found, scope, receive))
        else:
            await self._inside(scope, receive, send)

    async def _take(
        self, found: re.Match[str], scope: HTTPScope, receive: Receive
    ) -> int:
        """The status to answer with; the carrier repeats what was not kept."""
        try:
            await self._keep(found, scope, await _body(receive))
        except Problem as refusal:
            log.warning("door.refused", why=type(refusal).__name__)
            return refusal.status_code
        except AWAY as away:
            log.warning("door.not_kept", why=type(away).__name__)
            return NOT_NOW
        return KEPT

    async def _keep(self, found: re.Match[str], scope: HTTPScope, body: bytes) -> None:
        headers = dict(scope["headers"])
        form = dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
        query = scope["query_string"].decode("latin-1")
        url = f"{self._public_url}{scope['path']}" + (f"?{query}" if query else "")
        signature = headers.get(b"x-twilio-signature", b"").decode("latin-1")
        if not signatures.from_twilio(
            url, form, signature=signature, auth_tokens=self._tokens
        ):
            raise Forged
        source = SOURCES[found["what"]]
        token = headers.get(b"i-twilio-idempotency-token", b"").decode("latin-1")
        report = Report(
            source=source,
            key=f"{source}:{key_of(token, form, scope['path'])}",
            attempt_id=UUID(found["attempt"]),
            payload=form,
        )
        tenant_id = await self._inbox.town_called(found["prefix"])
        await self._inbox.keep(tenant_id, report, at=self._clock())


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = cast("HTTPRequestEvent", await receive())
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST:
            raise TooLarge
    return body


async def _answer(send: Send, status: int) -> None:
    ANSWERS.labels(str(status)).inc()
    headers = [] if status == KEPT else [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
