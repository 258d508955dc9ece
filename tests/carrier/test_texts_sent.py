"""Texts that the product sends, through Twilio's own library."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import ACCOUNT, CREW, LINE, RESIDENT, TOKEN, Twilio
from tests.carrier.town import Town

STATES = ["queued", "sending", "sent", "delivered"]


def test_a_text_reaches_the_phone(twilio: Twilio, crew: BenchPhone) -> None:
    sent = twilio.messages.create(to=CREW, from_=LINE, body="Main break, Elm St")

    assert re.fullmatch(r"SM[0-9a-f]{32}", sent.sid)
    assert sent.status == "queued"
    assert crew.wait_for_text("Elm").body == "Main break, Elm St"


async def _create_with_async_client(base_url: str) -> str:
    async with AsyncTwilioHttpClient() as http:
        client = Client(ACCOUNT, TOKEN, http_client=http)
        client.api.base_url = base_url
        sent = await client.messages.create_async(to=CREW, from_=LINE, body="Hello")
    return str(sent.sid)


# The library's own asynchronous client uses what aiohttp has deprecated.
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated", "ignore:The .auth.")
def test_the_asynchronous_client_is_answered_too(
    carrier: CarrierHandle, crew: BenchPhone
) -> None:
    sid = asyncio.run(_create_with_async_client(carrier.base_url))

    assert crew.wait_for_text("Hello").sid == sid


def test_receipts_come_signed_and_in_order(twilio: Twilio, town: Town) -> None:
    callback = town.url("/receipts?attempt=7&to=%2B1%7E")

    sent = twilio.messages.create(
        to=CREW, from_=LINE, body="Hello", status_callback=callback
    )

    told = town.told("/receipts", 4)
    validator = RequestValidator(TOKEN)
    assert [receipt.fields["MessageStatus"] for receipt in told] == STATES
    assert {receipt.fields["MessageSid"] for receipt in told} == {sent.sid}
    assert len({receipt.token for receipt in told}) == 4
    for receipt in told:
        signature = receipt.headers["x-twilio-signature"]
        assert validator.validate(receipt.url, receipt.fields, signature)


def test_a_receipt_that_fails_is_repeated_with_the_same_token(
    twilio: Twilio, town: Town
) -> None:
    callback = town.fails("/receipts", 503, 500) + "#rc=5&rp=all"

    twilio.messages.create(to=CREW, from_=LINE, body="Hi", status_callback=callback)

    told = town.told("/receipts", 6)
    assert [t.fields["MessageStatus"] for t in told] == ["queued", "queued", *STATES]
    assert len({receipt.token for receipt in told[:3]}) == 1
    assert "#" not in told[0].url


def test_a_receipt_that_fails_is_lost_unless_repeats_were_asked_for(
    twilio: Twilio, town: Town
) -> None:
    callback = town.fails("/receipts", 503)

    twilio.messages.create(to=CREW, from_=LINE, body="Hi", status_callback=callback)

    assert len({receipt.token for receipt in town.told("/receipts", 4)}) == 4


def test_a_message_carries_every_field_of_twilios_resource(
    twilio: Twilio, crew: BenchPhone
) -> None:
    sid = twilio.messages.create(to=CREW, from_=LINE, body="À demain ✓").sid
    crew.wait_for_text("demain")

    message = twilio.messages(sid).fetch()

    assert message.status == "delivered"
    assert message.direction == "outbound-api"
    assert (message.num_segments, message.num_media) == ("1", "0")
    assert message.date_created is not None
    assert message.date_sent is not None
    assert message.error_code is None
    assert message.account_sid == ACCOUNT
    assert message.subresource_uris == {
        "media": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media.json"
    }


def test_a_text_is_found_again_by_its_number_and_its_words(
    twilio: Twilio, crew: BenchPhone
) -> None:
    twilio.messages.create(to=RESIDENT, from_=LINE, body="not this")
    sid = twilio.messages.create(to=CREW, from_=LINE, body="token k7").sid
    sent_on = crew.wait_for_text("k7").at

    found = twilio.messages.list(
        to=CREW, from_=LINE, date_sent_after=sent_on - timedelta(minutes=1)
    )

    assert [message.sid for message in found if "k7" in message.body] == [sid]
    assert not twilio.messages.list(to=CREW, date_sent=sent_on - timedelta(days=2))


def test_a_long_list_comes_in_pages(twilio: Twilio) -> None:
    bodies = [f"text {place}" for place in range(7)]
    for body in bodies:
        twilio.messages.create(to=CREW, from_=LINE, body=body)

    first = twilio.messages.page(page_size=3)
    listed = twilio.messages.list(page_size=3)

    assert len(list(first)) == 3
    assert first.previous_page_url is None
    assert [message.body for message in listed] == bodies[::-1]


def test_a_text_is_redacted_and_removed(twilio: Twilio) -> None:
    message = twilio.messages.create(to=CREW, from_=LINE, body="private")

    assert message.update(body="").body == ""
    assert message.delete()
    with pytest.raises(TwilioRestException, match="not found") as gone:
        message.fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"to": "555"}, 21211, id="a number that cannot be"),
        pytest.param({"to": ""}, 21604, id="no number"),
        pytest.param({"body": ""}, 21602, id="no words"),
        pytest.param({"body": "x" * 1601}, 21617, id="too many words"),
        pytest.param({"from_": "town"}, 21212, id="a sender that cannot be"),
        pytest.param({"from_": ""}, 21603, id="no sender"),
        pytest.param({"from_": RESIDENT}, 21606, id="somebody else's number"),
        pytest.param({"status_callback": "nowhere"}, 21609, id="a wrong address"),
    ],
)
def test_a_wrong_text_is_refused_with_twilios_code(
    twilio: Twilio, carrier: CarrierHandle, fields: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(**{"to": CREW, "from_": LINE, "body": "Hi", **fields})

    assert (refused.value.status, refused.value.code) == (400, code)
    noted = [(entry.what, entry.detail) for entry in carrier.bench.log()]
    assert noted == [("refused", str(code))]


def test_a_wrong_token_is_refused(carrier: CarrierHandle) -> None:
    stranger = Client(ACCOUNT, "guessed")
    stranger.api.base_url = carrier.base_url

    with pytest.raises(TwilioRestException) as refused:
        stranger.messages.create(to=CREW, from_=LINE, body="Hi")

    assert (refused.value.status, refused.value.code) == (401, 20003)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(CREW, "mobile"), ("+13125550111", "landline")],
)
def test_a_numbers_kind_can_be_looked_up(
    twilio: Twilio, carrier: CarrierHandle, number: str, kind: str
) -> None:
    carrier.bench.fault("landline", number="+13125550111")

    found = twilio.lookups.v2.phone_numbers(number).fetch(
        fields="line_type_intelligence"
    )

    assert found.valid
    assert found.line_type_intelligence["type"] == kind
    assert found.national_format.startswith("(312) 555-01")
