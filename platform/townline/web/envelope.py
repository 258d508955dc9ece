"""Around every request: an id, the person, the language, headers, a log line, a count.

The person is looked up once, from the session cookie or from a town's key, before
any handler; hooks of the carriers carry neither and cost nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from urllib.parse import parse_qs
from uuid import uuid4

import anyio
import structlog
from litestar.datastructures import Cookie, Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from prometheus_client import Counter, Histogram

from townline import auth, i18n
from townline.clock import Clock
from townline.db import Database
from townline.logs import logger

SESSION_COOKIE = "townline_session"
LANGUAGE_COOKIE = "townline_language"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{};"
    " font-src 'self'; connect-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(self)",
}

ANSWERS = Counter("townline_http_answers", "Answers given", ["status"])
SECONDS = Histogram("townline_http_seconds", "Time to the first byte of an answer")
log = logger("web")


class Envelope:
    """ASGI middleware; one instance an application."""

    def __init__(
        self, app: ASGIApp, *, database: Database, clock: Clock, pictures: str = ""
    ) -> None:
        """``pictures`` is another origin that images may come from, such as a map's."""
        self._app, self._database, self._clock = app, database, clock
        policy = POLICY.format(f" {pictures}" if pictures else "")
        self._headers = HEADERS | {"content-security-policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = Headers.from_scope(scope)
        number = uuid4().hex[:8]
        cookies = _cookies(headers)
        person = await self._person(cookies.get(SESSION_COOKIE), key_in(headers))
        wish = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[0]
        scope["state"].update(request_id=number, person=person)
        language = i18n.choose(
            (wish, cookies.get(LANGUAGE_COOKIE), person.language if person else None),
            headers.get("accept-language", ""),
            "en",
        )
        chosen = wish if wish in i18n.LANGUAGES else None
        with (
            i18n.speaking(language),
            structlog.contextvars.bound_contextvars(request=number),
        ):
            await self._app(scope, receive, self._labelled(send, scope, number, chosen))

    async def _person(self, token: str | None, key: str | None) -> auth.Person | None:
        """Whoever shows a key is the key's program, whatever cookie comes with it."""
        if key is not None:
            return await anyio.to_thread.run_sync(self._program, key)
        if token is None:
            return None
        return await anyio.to_thread.run_sync(self._look_up, token)

    def _program(self, key: str) -> auth.Person | None:
        return auth.whoever_shows(self._database, key, at=self._clock())

    def _look_up(self, token: str) -> auth.Person | None:
        with self._database.glance() as session:
            return auth.whoever_holds(session, token, at=self._clock())

    def _labelled(
        self, send: Send, scope: HTTPScope, number: str, chosen: str | None
    ) -> Send:
        """Add headers to the answer, remember a chosen language, and count it."""
        began = perf_counter()

        async def labelled(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers["x-request-id"] = number
                if chosen:
                    cookie = Cookie(
                        key=LANGUAGE_COOKIE,
                        value=chosen,
                        max_age=31_536_000,  # a year
                        httponly=True,
                        samesite="lax",
                    )
                    headers.add("set-cookie", cookie.to_header(header=""))
                took = perf_counter() - began
                ANSWERS.labels(str(message["status"])).inc()
                SECONDS.observe(took)
                log.info(
                    "answered",
                    method=scope["method"],
                    path=_without_secrets(scope["path"]),
                    status=message["status"],
                    ms=round(took * 1000, 1),
                )
            await send(message)

        return labelled


def key_in(headers: Mapping[str, str]) -> str | None:
    """What a program shows (RFC 6750)."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _without_secrets(path: str) -> str:
    """What stands after the town opens a relay, a survey, a calendar, or a question."""
    parts = path.split("/")
    if len(parts) > 3 and parts[1] in {"r", "s", "join", "swap", "calendar"}:
        parts[3] = "…"
    return "/".join(parts)


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (part.partition("=") for part in headers.get("cookie", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}
