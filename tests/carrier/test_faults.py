"""The fault panel: every wrong that a carrier can do."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

import pytest
import requests
from python_http_client.exceptions import HTTPError
from sendgrid.helpers.mail.mail import Mail
from sendgrid.sendgrid import SendGridAPIClient
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from notify.carrier import BenchPhone, BenchRefused, CarrierHandle
from notify.carrier.faults import FaultKind
from tests.carrier.cast import CREW, LINE, RESIDENT, TOKEN, Twilio
from tests.carrier.town import Town

STATES = ["queued", "sending", "sent", "delivered"]


def _what(carrier: CarrierHandle, what: str) -> list[str]:
    return [entry.detail for entry in carrier.bench.log() if entry.what == what]


def _text(twilio: Twilio, town: Town) -> None:
    twilio.messages.create(
        to=CREW, from_=LINE, body="Hi", status_callback=town.url("/receipts")
    )


def test_a_connection_breaks_though_the_text_was_taken(
    twilio: Twilio, town: Town, carrier: CarrierHandle, crew: BenchPhone
) -> None:
    carrier.bench.fault("drop_connection", count=1)

    with pytest.raises(requests.exceptions.ConnectionError):
        _text(twilio, town)

    crew.wait_for_text("Hi")
    assert _what(carrier, "told") == ["connection dropped"]
    _text(twilio, town)
    assert _what(carrier, "told") == ["connection dropped", "accepted"]


@pytest.mark.parametrize(
    ("kind", "status", "taken"),
    [
        pytest.param("too_many_requests", 429, 0, id="too many requests"),
        pytest.param("server_error_refused", 500, 0, id="an error, nothing taken"),
        pytest.param("server_error_accepted", 500, 1, id="an error though taken"),
    ],
)
def test_an_answer_that_is_no_answer(
    twilio: Twilio,
    town: Town,
    carrier: CarrierHandle,
    kind: FaultKind,
    status: int,
    taken: int,
) -> None:
    carrier.bench.fault(kind, channel="sms", seconds=7)

    with pytest.raises(TwilioRestException) as refused:
        _text(twilio, town)

    assert refused.value.status == status
    assert len(_what(carrier, "accepted")) == taken
    assert _what(carrier, "told") == [str(status)]


def test_too_many_requests_say_when_to_come_back(
    carrier: CarrierHandle, sendgrid: SendGridAPIClient
) -> None:
    carrier.bench.fault("too_many_requests", channel="mail", seconds=7)

    with pytest.raises(HTTPError) as refused:
        sendgrid.send(Mail("no-reply@town.example", "a@b.example", "Hi", "Hello"))

    assert refused.value.status_code == 429
    assert refused.value.headers["Retry-After"] == "7"
    assert "errors" in refused.value.to_dict


def test_an_answer_comes_late(
    twilio: Twilio, town: Town, carrier: CarrierHandle
) -> None:
    carrier.bench.fault("delay_answer", seconds=0.05)

    _text(twilio, town)

    assert _what(carrier, "told") == ["accepted late"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param(
            "callbacks_doubled", [s for s in STATES for _ in "12"], id="twice"
        ),
        pytest.param("callbacks_reversed", STATES[::-1], id="backwards"),
        pytest.param("callbacks_late", STATES, id="late"),
    ],
)
def test_receipts_are_bent(
    twilio: Twilio, town: Town, carrier: CarrierHandle, kind: FaultKind, told: list[str]
) -> None:
    carrier.bench.fault(kind, seconds=0.01)

    _text(twilio, town)

    receipts = town.told("/receipts", len(told))
    assert [receipt.fields["MessageStatus"] for receipt in receipts] == told
    assert len({receipt.token for receipt in receipts}) == len(STATES)


def test_receipts_come_before_the_answer(
    twilio: Twilio, town: Town, carrier: CarrierHandle
) -> None:
    carrier.bench.fault("callbacks_early")

    _text(twilio, town)

    log = [entry.what for entry in carrier.bench.log()]
    assert log.count("webhook") == len(STATES)
    assert log[-1] == "told"


def test_receipts_go_missing(
    twilio: Twilio, town: Town, carrier: CarrierHandle, crew: BenchPhone
) -> None:
    carrier.bench.fault("callbacks_missing", count=1)
    twilio.messages.create(
        to=CREW, from_=LINE, body="Hi", status_callback=town.url("/lost")
    )
    crew.wait_for_text("Hi")

    _text(twilio, town)

    town.told("/receipts", 4)
    assert not any("/lost" in detail for detail in _what(carrier, "webhook"))


def test_receipts_are_forged(
    twilio: Twilio, town: Town, carrier: CarrierHandle
) -> None:
    carrier.bench.fault("callbacks_forged")

    _text(twilio, town)

    (told, *_) = town.told("/receipts")
    signature = told.headers["x-twilio-signature"]
    assert not RequestValidator(TOKEN).validate(told.url, told.fields, signature)


@pytest.mark.parametrize("kind", ["undelivered", "failed"])
def test_a_text_does_not_arrive(
    twilio: Twilio, town: Town, carrier: CarrierHandle, kind: FaultKind
) -> None:
    carrier.bench.fault(kind, code=30007)

    _text(twilio, town)

    last = town.told("/receipts", 2 if kind == "failed" else 4)[-1].fields
    assert (last["MessageStatus"], last["ErrorCode"]) == (kind, "30007")
    (listed,) = twilio.messages.list()
    assert (listed.status, listed.error_code) == (kind, 30007)
    assert listed.error_message == "Message filtered"


def test_a_landline_takes_no_text(
    twilio: Twilio, town: Town, carrier: CarrierHandle
) -> None:
    carrier.bench.fault("landline", number=CREW)

    with pytest.raises(TwilioRestException) as refused:
        _text(twilio, town)

    assert refused.value.code == 21614


@pytest.mark.parametrize(
    ("kind", "status"),
    [("busy", "busy"), ("no_answer", "no-answer"), ("failed", "failed")],
)
def test_a_call_meets_a_fault(
    twilio: Twilio, town: Town, carrier: CarrierHandle, kind: FaultKind, status: str
) -> None:
    carrier.bench.fault(kind, channel="voice", number=CREW)

    twilio.calls.create(
        to=CREW,
        from_=LINE,
        url=town.url("/relay"),
        status_callback=town.url("/progress"),
    )

    assert town.told("/progress")[0].fields["CallStatus"] == status


def test_voicemail_answers_by_itself(
    twilio: Twilio, town: Town, carrier: CarrierHandle
) -> None:
    carrier.bench.fault("voicemail")

    twilio.calls.create(
        to=CREW,
        from_=LINE,
        url=town.url("/relay"),
        machine_detection="DetectMessageEnd",
    )

    assert town.told("/relay")[0].fields["AnsweredBy"] == "machine_end_beep"


def test_a_fault_concerns_one_number_for_so_many_times(
    twilio: Twilio, carrier: CarrierHandle
) -> None:
    carrier.bench.fault("server_error_refused", number=CREW, count=1)
    twilio.messages.create(to=RESIDENT, from_=LINE, body="Hi")

    with pytest.raises(TwilioRestException):
        twilio.messages.create(to=CREW, from_=LINE, body="Hi")

    assert twilio.messages.create(to=CREW, from_=LINE, body="Hi").sid


def test_faults_are_cleared(twilio: Twilio, carrier: CarrierHandle) -> None:
    carrier.bench.fault("server_error_refused")

    carrier.bench.clear_faults()

    assert twilio.messages.create(to=CREW, from_=LINE, body="Hi").sid


def test_an_unknown_fault_is_refused(carrier: CarrierHandle) -> None:
    with pytest.raises(BenchRefused, match="kind"):
        carrier.bench.wire.ask("POST", "/faults", b"kind=gremlins")
