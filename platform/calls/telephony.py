"""The telephone exchange: what it is told to say, and calls put through by it.

This is the one module here that knows whose exchange it is. Documents are what our
webhooks answer; ``Exchange`` asks for what no webhook is there to answer.
"""

from __future__ import annotations

# Twilio ships no type marks; this is the one module here that calls it.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Protocol
from uuid import UUID

from requests import RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from calls.rules.speech import Said
from townline.i18n import LOCALES
from townline.settings import Settings, Twilio

VOICE = "/hooks/twilio/voice"
# What the carrier's edge needs at its slowest; past it the request is lost (stack).
REST_SECONDS = 5.0
TRIES = 2
# Five rings. An agent who is there has picked up; the caller hears no ringing.
RING_SECONDS = 20
# A sentence, then music's worth of silence, then the place in line once more.
HOLD_SECONDS = 20
CHOICE_SECONDS = 4
# Twilio's code for a call that is no longer in progress; one it has forgotten is 404.
OVER, FORGOTTEN = 21220, 404


class CallGone(Exception):
    """The exchange knows the call no more: the caller has hung up."""


class ExchangeDown(Exception):
    """The exchange did not do it, now or when asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutThrough:
    """A caller in the queue, and the phone of the agent who has taken the call."""

    tenant_id: UUID
    call_id: UUID
    sid: str
    line: str
    extension: str


class Telephony(Protocol):
    def put_through(self, wish: PutThrough) -> None:
        """Ring the agent and connect them; raise CallGone or ExchangeDown."""
        ...


class Exchange:
    """Twilio, or whatever answers at ``settings.twilio.base_url`` in its manner."""

    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url
        # While one token is exchanged for another, the second try is made with that.
        tokens = islice(cycle(settings.twilio.tokens), TRIES)
        self._clients = [_client(settings.twilio, token) for token in tokens]

    def put_through(self, wish: PutThrough) -> None:
        """Asking twice is harmless: the second document replaces the first."""
        document = dialling(wish, self._public_url)
        for client in self._clients:
            if self._divert(client, wish.sid, document):
                return
        raise ExchangeDown

    def _divert(self, client: Client, sid: str, document: str) -> bool:
        try:
            client.calls(sid).update(twiml=document)
        except TwilioRestException as refusal:
            if refusal.code == OVER or refusal.status == FORGOTTEN:
                raise CallGone from refusal
            return False
        except RequestException:
            return False
        return True


def _client(settings: Twilio, token: str) -> Client:
    client = Client(
        settings.account_sid,
        token,
        http_client=TwilioHttpClient(timeout=REST_SECONDS),
    )
    if settings.base_url:
        client.api.base_url = settings.base_url
    return client


@dataclass(slots=True)
class RecordingExchange:
    """Keeps what it was asked; ``answer`` is what it raises instead of obeying."""

    wishes: list[PutThrough] = field(default_factory=list)
    answer: Exception | None = None

    def put_through(self, wish: PutThrough) -> None:
        self.wishes.append(wish)
        if self.answer:
            raise self.answer


def choosing(offers: Iterable[Said], public_url: str) -> str:
    """Offer the languages; whoever presses nothing goes on as if they had."""
    response = VoiceResponse()
    gather = Gather(
        num_digits=1,
        timeout=CHOICE_SECONDS,
        action=f"{public_url}{VOICE}/language",
        action_on_empty_result=True,
    )
    _say(gather, offers)
    response.append(gather)
    return str(response)


def queueing(said: Iterable[Said], queue: str, public_url: str) -> str:
    response = VoiceResponse()
    _say(response, said)
    response.enqueue(
        queue,
        wait_url=f"{public_url}{VOICE}/wait",
        action=f"{public_url}{VOICE}/left",
    )
    return str(response)


def holding(said: Said) -> str:
    """The exchange asks for it again when it is over."""
    response = VoiceResponse()
    _say(response, (said,))
    response.pause(length=HOLD_SECONDS)
    return str(response)


def saying(said: Iterable[Said]) -> str:
    response = VoiceResponse()
    _say(response, said)
    return str(response)


def parting(said: Iterable[Said]) -> str:
    response = VoiceResponse()
    _say(response, said)
    response.hangup()
    return str(response)


def dialling(wish: PutThrough, public_url: str) -> str:
    """The agent sees the town's line; a withheld number stays withheld."""
    response = VoiceResponse()
    dial = Dial(
        caller_id=wish.line,
        timeout=RING_SECONDS,
        action=f"{public_url}{VOICE}/dialled",
    )
    agent = f"{public_url}{VOICE}/agent/{wish.tenant_id}/{wish.call_id}"
    match wish.extension.partition(":"):
        case ("sip", _, _):
            dial.sip(wish.extension, url=agent)
        case ("client", _, name):
            dial.client(name, url=agent)
        case _:
            dial.number(wish.extension, url=agent)
    response.append(dial)
    return str(response)


def _say(verb: VoiceResponse | Gather, said: Iterable[Said]) -> None:
    for each in said:
        locale = LOCALES[each.language].replace("_", "-")
        verb.say(each.words, language=locale)
