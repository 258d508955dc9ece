"""Twilio's SDK on one connection pool, with its refusals put in our classes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from notify.channels import DeliveryFailed
from notify.channels.errors import kind_of
from notify.channels.forms import form_of
from notify.rules.outcomes import ANSWER_WITHIN
from townline.settings import Twilio

NOT_US, TOO_MANY, OUR_FAULT, THEIR_FAULT = 401, 429, 400, 500


class PatientHttpClient(AsyncTwilioHttpClient):
    """Keeps Retry-After, which the SDK's own exceptions forget, and knows two tokens.

    While one is exchanged for the other, what is refused under the first is asked
    again under the second, which then comes first: a 401 took nothing. It spells the
    form and the account's header by itself: the SDK and aiohttp would go over each
    field several times, for every message, and keep what the last one said.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        super().__init__(pool_connections=False)
        self._tokens = list(tokens)
        # Twilio sets no cookie that anybody reads.
        cookies = aiohttp.DummyCookieJar()
        # Whoever asks says by when it must have been answered (``in_time``).
        patient = aiohttp.ClientTimeout(total=None)
        self.session = self._connections = aiohttp.ClientSession(
            cookie_jar=cookies, timeout=patient
        )

    async def request(  # type: ignore[override]
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str],
        auth: tuple[str, str],
        data: Mapping[str, object] | None = None,
        **options: Any,  # noqa: ANN401 - passed on as the SDK gave it
    ) -> Response:
        async def ask(token: str) -> Response:
            signing = {**headers, "Authorization": _signed(auth[0], token)}
            async with self._connections.request(
                method, url, data=form, headers=signing, **options
            ) as answer:
                return Response(answer.status, await answer.text(), answer.headers)

        form = form_of(data) if data else None
        first, *others = self._tokens
        response = await ask(first)
        for token in others:
            if response.status_code == NOT_US:
                response = await ask(token)
                self._tokens = [token, first]
        if response.status_code == TOO_MANY:
            raise DeliveryFailed(
                "retry", str(TOO_MANY), after=_seconds(response.headers)
            )
        return response


class TwilioAccount:
    """Texts and calls share an account and its connections."""

    def __init__(self, settings: Twilio) -> None:
        self._settings = settings

    @cached_property
    def client(self) -> Client:
        """Made where it is first used: its connections belong to a running loop."""
        client = Client(  # type: ignore[no-untyped-call]
            self._settings.account_sid,
            self._settings.auth_token,
            http_client=self._http,
        )
        if self._settings.base_url:
            client.api.base_url = self._settings.base_url
            client.lookups.base_url = self._settings.base_url
        return client

    @cached_property
    def _http(self) -> PatientHttpClient:
        return PatientHttpClient(self._settings.tokens)

    async def close(self) -> None:
        if "_http" in self.__dict__:
            await self._http.close()  # type: ignore[no-untyped-call]


@contextmanager
def refusals(channel: str) -> Iterator[None]:
    """An answer that cannot be read may stand for a message that was taken."""
    try:
        yield
    except aiohttp.ClientConnectorError as unreachable:
        raise DeliveryFailed("other_sender", "unreachable") from unreachable
    except (aiohttp.ClientError, TimeoutError, OSError) as lost:
        raise DeliveryFailed("ambiguous", type(lost).__name__) from lost
    except TwilioException as refusal:
        raise _classified(refusal, channel) from refusal


def in_time() -> asyncio.Timeout:
    return asyncio.timeout(ANSWER_WITHIN.total_seconds())


@cache
def _signed(account: str, token: str) -> str:
    return aiohttp.encode_basic_auth(account, token)


def _classified(refusal: TwilioException, channel: str) -> DeliveryFailed:
    status = getattr(refusal, "status", THEIR_FAULT)
    if not OUR_FAULT <= status < THEIR_FAULT:
        return DeliveryFailed("ambiguous", str(status))
    code = str(getattr(refusal, "code", status))
    return DeliveryFailed(kind_of(channel, code), code)


def _seconds(headers: Mapping[str, str] | None) -> float | None:
    told = (headers or {}).get("Retry-After", "")
    return float(told) if told.isdigit() else None
