"""The carrier's own waits run out by themselves, as fast as it is told to run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from twilio.rest import Client

from notify.carrier import CarrierConfig, CarrierHandle, NumberConfig, running_carrier
from tests.carrier.cast import ACCOUNT, CREW, LINE, TOKEN, Twilio

MENU = '<Response><Gather timeout="30"/><Pause length="60"/><Say>Bye.</Say></Response>'


@pytest.fixture
def hasty() -> Iterator[CarrierHandle]:
    config = CarrierConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        sendgrid_key="SG.key",
        numbers=(NumberConfig(number=LINE, label="Riverton"),),
        time_scale=0.001,
    )
    with running_carrier(config) as carrier:
        yield carrier


@pytest.fixture
def hasty_twilio(hasty: CarrierHandle) -> Twilio:
    client = Client(ACCOUNT, TOKEN)  # type: ignore[no-untyped-call]
    client.api.base_url = hasty.base_url
    return client


def test_ringing_ends(hasty: CarrierHandle, hasty_twilio: Twilio) -> None:
    call = hasty_twilio.calls.create(to=CREW, from_=LINE, twiml=MENU, timeout=30)

    hasty.bench.phone(CREW).wait_until_over()

    assert call.fetch().status == "no-answer"


def test_silence_ends(hasty: CarrierHandle, hasty_twilio: Twilio) -> None:
    crew = hasty.bench.phone(CREW)
    # An hour's ringing, so that the phone is still there to be answered.
    hasty_twilio.calls.create(to=CREW, from_=LINE, twiml=MENU, timeout=3600)

    crew.answer()

    crew.wait_until_heard("Bye.")
