"""How the exchange fails, as Twilio's own SDK sees it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from calls import Exchange
from calls.telephony import TRIES, CallGone, ExchangeDown, PutThrough
from tests.calls.cast import ACCOUNT, AGENT, RIVERTON_LINE, settings
from tests.calls.exchange import Street
from tests.carrier.town import Town, running_town

CALL = f"/2010-04-01/Accounts/{ACCOUNT}/Calls/CA1.json"
HELEN_TO_MAYA = PutThrough(
    tenant_id=UUID(int=1),
    call_id=UUID(int=2),
    leg_id=UUID(int=3),
    sid="CA1",
    line=RIVERTON_LINE,
    extension=AGENT,
)


@pytest.fixture
def twilio() -> Iterator[Town]:
    """A server in Twilio's place, which answers as it is told to."""
    with running_town() as server:
        yield server


@pytest.mark.parametrize("status", [500, 503, 429, 401])
def test_an_exchange_that_fails_is_asked_twice(twilio: Town, status: int) -> None:
    twilio.fails(CALL, *[status] * (TRIES + 1))
    exchange = Exchange(settings(base_url=twilio.base_url))

    with pytest.raises(ExchangeDown):
        exchange.put_through(HELEN_TO_MAYA)

    assert len(twilio.told(CALL)) == TRIES


def test_while_the_token_is_exchanged_the_other_is_tried(twilio: Town) -> None:
    twilio.fails(CALL, 401, 404)
    before = settings(base_url=twilio.base_url)
    exchanging = replace(before.twilio, second_token="the-next-one")

    with pytest.raises(CallGone):
        Exchange(replace(before, twilio=exchanging)).put_through(HELEN_TO_MAYA)

    keys = [told.headers["authorization"] for told in twilio.told(CALL, 2)]
    assert len(set(keys)) == 2


def test_a_forgotten_call_is_asked_for_once(twilio: Town) -> None:
    twilio.fails(CALL, 404)
    exchange = Exchange(settings(base_url=twilio.base_url))

    with pytest.raises(CallGone):
        exchange.put_through(HELEN_TO_MAYA)

    assert len(twilio.told(CALL)) == 1


def test_an_exchange_that_cannot_be_reached_is_down() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        host, port = nobody.getsockname()
        exchange = Exchange(settings(base_url=f"http://{host}:{port}"))

        with pytest.raises(ExchangeDown):
            exchange.put_through(HELEN_TO_MAYA)


@pytest.mark.parametrize(
    "extension",
    [
        pytest.param("+13125550190", id="a telephone"),
        pytest.param("sip:maya@desk.example", id="SIP"),
        pytest.param("client:maya", id="the browser"),
    ],
)
def test_an_agent_may_answer_on_any_kind_of_phone(
    street: Street, exchange: Exchange, extension: str
) -> None:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    assert street.helen.call

    exchange.put_through(
        replace(HELEN_TO_MAYA, sid=street.helen.call.sid, extension=extension)
    )

    street.bench.phone(extension).wait_until_ringing()
