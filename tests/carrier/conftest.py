"""The cast: a town with one line, its crew, a resident, an agent, and the real SDKs."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sendgrid.sendgrid import SendGridAPIClient
from twilio.rest import Client

from notify.carrier import (
    BenchPhone,
    CarrierConfig,
    CarrierHandle,
    NumberConfig,
    PhoneConfig,
    running_carrier,
)
from tests.carrier.cast import ACCOUNT, AGENT, CREW, LINE, RESIDENT, TOKEN
from tests.carrier.town import Town, running_town


@pytest.fixture(scope="session")
def lasting_town() -> Iterator[Town]:
    with running_town() as town:
        yield town


@pytest.fixture(scope="session")
def lasting_carrier(lasting_town: Town) -> Iterator[CarrierHandle]:
    config = CarrierConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        sendgrid_key="SG.key",
        numbers=(
            NumberConfig(
                number=LINE,
                label="Riverton",
                voice_url=lasting_town.url("/voice"),
                sms_url=lasting_town.url("/sms"),
                status_url=lasting_town.url("/status"),
            ),
        ),
        people=(
            PhoneConfig(number=CREW, name="Ana Ruiz", role="crew"),
            PhoneConfig(number=RESIDENT, name="Sam Lee", role="resident"),
            PhoneConfig(number=AGENT, name="Jo", role="agent", auto_answer=True),
        ),
        inbound_mail_url=lasting_town.url("/mail"),
        event_url=lasting_town.url("/events"),
        hold_seconds=0.05,
    )
    with running_carrier(config) as carrier:
        yield carrier


@pytest.fixture
def town(lasting_town: Town) -> Town:
    lasting_town.forget()
    return lasting_town


@pytest.fixture
def carrier(lasting_carrier: CarrierHandle, town: Town) -> CarrierHandle:
    lasting_carrier.bench.reset()
    town.forget()
    return lasting_carrier


@pytest.fixture
def twilio(carrier: CarrierHandle) -> Client:
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = carrier.base_url
    client.lookups.base_url = carrier.base_url
    return client


@pytest.fixture
def sendgrid(carrier: CarrierHandle) -> SendGridAPIClient:
    return SendGridAPIClient("SG.key", host=carrier.base_url)


@pytest.fixture
def crew(carrier: CarrierHandle) -> BenchPhone:
    return carrier.bench.phone(CREW)


@pytest.fixture
def resident(carrier: CarrierHandle) -> BenchPhone:
    return carrier.bench.phone(RESIDENT)


@pytest.fixture
def agent(carrier: CarrierHandle) -> BenchPhone:
    return carrier.bench.phone(AGENT)
