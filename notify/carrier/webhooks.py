"""Calls back the account's addresses: signed, repeated when that was asked for.

How often a request is repeated is written in the address itself, as Twilio's connection
overrides: ``https://town.example/sms#rc=5&rp=all``. The fragment is neither sent nor
signed. Without it only a connection that fails is tried once more.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urlencode

import aiohttp
from msgspec import Struct
from yarl import URL

from notify.carrier.config import CarrierConfig
from notify.carrier.identifiers import new_token
from notify.carrier.oracle import OracleLog, Subject
from notify.carrier.signing import twilio_signature

# How long Twilio waits for an address to accept a connection, and to answer.
CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
RETRY_SECONDS = 0.2
MOST_RETRIES = 5
NO_ANSWER = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One event to be told, with one token however often it is told."""

    url: str
    fields: tuple[tuple[str, str], ...]
    subject: Subject
    method: str = "POST"
    forged: bool = False
    token: str = field(default_factory=new_token)


class Answer(Struct, frozen=True):
    """What the address said; status 0 when it said nothing."""

    status: int
    text: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Overrides(Struct, frozen=True):
    """The part of Twilio's connection overrides that the carrier honours."""

    retries: int
    policies: frozenset[str]

    @classmethod
    def of(cls, fragment: str) -> Overrides:
        asked = dict(parse_qsl(fragment))
        retries = int(asked["rc"]) if asked.get("rc", "").isdigit() else 1
        policies = frozenset(asked.get("rp", "ct").split(","))
        return cls(retries=min(retries, MOST_RETRIES), policies=policies)

    def repeat(self, answer: Answer) -> bool:
        if answer.status == NO_ANSWER:
            return bool(self.policies & {"all", "ct", "rt"})
        kind = f"{answer.status // 100}xx"
        return kind in {"4xx", "5xx"} and bool(self.policies & {"all", kind})


class Courier:
    def __init__(self, config: CarrierConfig, oracle: OracleLog) -> None:
        self._config = config
        self._oracle = oracle
        self._client: aiohttp.ClientSession | None = None
        self._muted = False
        self._under_way = 0

    async def open(self) -> None:
        # Waiting for a place among many requests is not the address's fault.
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS
        )
        self._client = aiohttp.ClientSession(timeout=timeout)

    async def close(self) -> None:
        if self._client:
            await self._client.close()

    async def tell(self, webhook: Webhook) -> Answer:
        """Send an event as a signed form, again while its address asks for it."""
        url, fragment = urldefrag(webhook.url)
        overrides = Overrides.of(fragment)
        answer = Answer(NO_ANSWER)
        for attempt in range(1 + overrides.retries):
            await self.pause(RETRY_SECONDS * attempt)
            answer = await self._send_form(url, webhook)
            if not overrides.repeat(answer):
                break
        return answer

    async def tell_signed(
        self, url: str, *, body: bytes, headers: dict[str, str], subject: Subject
    ) -> Answer:
        """Send a body that is already signed, again until it is taken."""
        answer = Answer(NO_ANSWER)
        for attempt in range(1 + MOST_RETRIES):
            await self.pause(RETRY_SECONDS * attempt)
            answer = await self._send("POST", url, body, headers)
            self._note(subject, url, answer)
            if answer.ok:
                break
        return answer

    def hush(self) -> None:
        """Send nothing more."""
        self._muted = True

    async def fall_silent(self) -> None:
        """Send nothing more, and wait for what is already on its way."""
        self.hush()
        while self._under_way:
            await asyncio.sleep(0.001)

    def speak_again(self) -> None:
        self._muted = False

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self._config.time_scale)

    async def _send_form(self, url: str, webhook: Webhook) -> Answer:
        encoded = urlencode(webhook.fields)
        in_address = webhook.method == "GET"
        if in_address:
            url += ("&" if "?" in url else "?") + encoded
        signature = twilio_signature(
            f"not-{self._config.auth_token}"
            if webhook.forged
            else self._config.auth_token,
            url,
            () if in_address else webhook.fields,
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
            "I-Twilio-Idempotency-Token": webhook.token,
        }
        body = b"" if in_address else encoded.encode()
        answer = await self._send(webhook.method, url, body, headers)
        self._note(webhook.subject, url, answer)
        return answer

    async def _send(
        self, method: str, url: str, body: bytes, headers: dict[str, str]
    ) -> Answer:
        if self._client is None:
            raise RuntimeError("The courier is opened when the carrier starts.")
        if self._muted:
            return Answer(NO_ANSWER)
        self._under_way += 1
        try:
            async with self._client.request(
                method, URL(url, encoded=True), data=body, headers=headers
            ) as response:
                text = await response.text(errors="replace")
                return Answer(response.status, text)
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return Answer(NO_ANSWER)
        finally:
            self._under_way -= 1

    def _note(self, subject: Subject, url: str, answer: Answer) -> None:
        self._oracle.note("webhook", subject, f"{answer.status} {url}")
