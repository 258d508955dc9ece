"""Messaging Services, refusals with any code, and a register that is away."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from notify.carrier import (
    CarrierConfig,
    CarrierHandle,
    NumberConfig,
    ServiceConfig,
    running_carrier,
)
from tests.carrier.cast import ACCOUNT, CREW, LINE, RESIDENT, TOKEN

SERVICE = "MG" + "1" * 32
SECOND_LINE = "+13125550101"


@pytest.fixture
def served() -> Iterator[CarrierHandle]:
    config = CarrierConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        sendgrid_key="SG.key",
        numbers=tuple(
            NumberConfig(number=each, label=each) for each in (LINE, SECOND_LINE)
        ),
        services=(ServiceConfig(sid=SERVICE, numbers=(LINE, SECOND_LINE)),),
    )
    with running_carrier(config) as carrier:
        yield carrier


@pytest.fixture
def client(served: CarrierHandle) -> Client:
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = client.lookups.base_url = served.base_url
    return client


def test_a_service_texts_one_phone_always_from_the_same_number(client: Client) -> None:
    sent = [
        client.messages.create(to=to, messaging_service_sid=SERVICE, body="Hello")
        for to in (CREW, RESIDENT, CREW)
    ]

    assert {each.messaging_service_sid for each in sent} == {SERVICE}
    assert sent[0].from_ == sent[2].from_
    assert {each.from_ for each in sent} <= {LINE, SECOND_LINE}


def test_a_service_that_nobody_made_is_refused(client: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(
            to=CREW, messaging_service_sid="MG" + "0" * 32, body="Hello"
        )

    assert refused.value.code == 21701


def test_the_panel_refuses_with_the_code_it_is_given(
    client: Client, served: CarrierHandle
) -> None:
    served.bench.fault("refused", channel="sms", code=21408, count=1)

    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=CREW, from_=LINE, body="Hello")

    assert refused.value.code == 21408
    assert client.messages.create(to=CREW, from_=LINE, body="Hello").sid


def test_a_register_that_is_away_says_so(client: Client, served: CarrierHandle) -> None:
    served.bench.fault("register_away")

    with pytest.raises(TwilioRestException) as refused:
        client.lookups.v2.phone_numbers(CREW).fetch(fields="line_type_intelligence")

    assert refused.value.status == 500
