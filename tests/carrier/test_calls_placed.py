"""Calls that the product places, through Twilio's own library."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

import re

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import ACCOUNT, CREW, LINE, RESIDENT, TOKEN, Twilio
from tests.carrier.town import Town

MENU = (
    '<Gather numDigits="1" action="/taken" timeout="60">'
    '<Say language="en-US">Level 1, Elm Street. Press 1 to take it.</Say></Gather>'
    "<Say>Nobody pressed.</Say>"
)
EVENTS = ["initiated", "ringing", "answered", "completed"]


def test_the_crew_takes_a_call_with_a_key(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    town.answers("/relay", MENU)
    town.answers("/taken", "<Say>It is yours.</Say><Hangup/>")
    placed = twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))

    crew.answer()
    crew.press("1")

    crew.wait_until_over()
    assert crew.heard[-1] == "It is yours."
    assert town.told("/taken")[0].fields["Digits"] == "1"
    assert re.fullmatch(r"CA[0-9a-f]{32}", placed.sid)
    assert twilio.calls(placed.sid).fetch().status == "completed"


def test_the_address_is_asked_signed_and_with_the_calls_facts(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    twilio.calls.create(
        to=CREW,
        from_=LINE,
        url=town.url("/relay?run=9"),
        machine_detection="DetectMessageEnd",
    )
    crew.answer()

    (asked,) = town.told("/relay")

    signature = asked.headers["x-twilio-signature"]
    assert RequestValidator(TOKEN).validate(asked.url, asked.fields, signature)
    assert asked.fields["AccountSid"] == ACCOUNT
    assert (asked.fields["From"], asked.fields["To"]) == (LINE, CREW)
    assert asked.fields["CallStatus"] == "in-progress"
    assert asked.fields["Direction"] == "outbound-api"
    assert asked.fields["AnsweredBy"] == "human"


def test_progress_is_told_in_order(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    twilio.calls.create(
        to=CREW,
        from_=LINE,
        twiml="<Response><Say>Hello</Say></Response>",
        status_callback=town.url("/progress"),
        status_callback_event=EVENTS,
    )
    crew.answer()

    told = [receipt.fields for receipt in town.told("/progress", 4)]

    assert [fields["CallStatus"] for fields in told] == [
        "initiated",
        "ringing",
        "in-progress",
        "completed",
    ]
    assert [fields["SequenceNumber"] for fields in told] == ["0", "1", "2", "3"]
    assert told[3]["CallDuration"] == "0"


@pytest.mark.parametrize(
    ("act", "status"),
    [
        pytest.param("decline", "busy", id="declined"),
        pytest.param("let_it_ring_out", "no-answer", id="rung out"),
    ],
)
def test_a_call_that_nobody_takes(
    twilio: Twilio, town: Town, crew: BenchPhone, act: str, status: str
) -> None:
    placed = twilio.calls.create(
        to=CREW,
        from_=LINE,
        url=town.url("/relay"),
        status_callback=town.url("/progress"),
    )

    getattr(crew, act)()

    (told,) = town.told("/progress")
    assert told.fields["CallStatus"] == status
    call = twilio.calls(placed.sid).fetch()
    assert (call.status, call.start_time, call.duration) == (status, None, "0")


@pytest.mark.parametrize(
    ("asked", "told"),
    [("Enable", "machine_start"), ("DetectMessageEnd", "machine_end_beep")],
)
def test_voicemail_is_told_from_a_person(
    twilio: Twilio, town: Town, crew: BenchPhone, asked: str, told: str
) -> None:
    placed = twilio.calls.create(
        to=CREW, from_=LINE, url=town.url("/relay"), machine_detection=asked
    )

    crew.let_voicemail_answer()

    assert town.told("/relay")[0].fields["AnsweredBy"] == told
    assert twilio.calls(placed.sid).fetch().answered_by == told


def test_a_silent_phone_hears_the_rest(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    town.answers("/relay", MENU)
    twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    crew.answer()

    crew.stay_silent()

    crew.wait_until_over()
    assert crew.heard[-1] == "Nobody pressed."


def test_a_code_of_several_digits_ends_with_a_hash(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    town.answers("/relay", '<Gather action="/taken"/>')
    twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    crew.answer()

    crew.press("412#")

    assert town.told("/taken")[0].fields["Digits"] == "412"


def test_accepting_elsewhere_stops_the_ringing(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    call = twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    crew.wait_until_ringing()

    ended = call.update(status="completed")

    assert ended.status == "canceled"
    assert crew.view.state == "idle"


def test_a_call_in_progress_is_redirected(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    town.answers("/relay", MENU)
    town.answers("/elsewhere", "<Say>Somebody else has it.</Say>")
    call = twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    crew.answer()
    crew.wait_until_listened_to()

    call.update(url=town.url("/elsewhere"))

    crew.wait_until_heard("Somebody else has it.")


def test_a_call_that_is_over_cannot_be_redirected(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    call = twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    crew.decline()

    with pytest.raises(TwilioRestException) as refused:
        call.update(twiml="<Response/>")

    assert refused.value.code == 21220


def test_calls_are_listed_by_number_and_status(
    twilio: Twilio, town: Town, crew: BenchPhone
) -> None:
    twilio.calls.create(to=RESIDENT, from_=LINE, url=town.url("/relay"))
    declined = twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    crew.decline()

    found = twilio.calls.list(to=CREW, status="busy")

    assert [call.sid for call in found] == [declined.sid]
    assert len(twilio.calls.list(from_=LINE)) == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"to": "12"}, 21211, id="a number that cannot be"),
        pytest.param({"from_": RESIDENT}, 21210, id="somebody else's number"),
        pytest.param({"url": "nowhere"}, 21205, id="a wrong address"),
        pytest.param({"to": ""}, 21201, id="no number"),
    ],
)
def test_a_wrong_call_is_refused_with_twilios_code(
    twilio: Twilio, town: Town, fields: dict[str, str], code: int
) -> None:
    whole = {"to": CREW, "from_": LINE, "url": town.url("/relay"), **fields}

    with pytest.raises(TwilioRestException) as refused:
        twilio.calls.create(**whole)

    assert (refused.value.status, refused.value.code) == (400, code)


def test_an_address_that_fails_ends_the_call_with_an_apology(
    twilio: Twilio, town: Town, crew: BenchPhone, carrier: CarrierHandle
) -> None:
    town.fails("/relay", 500, 500)
    twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))

    crew.answer()

    crew.wait_until_heard("application error")
    assert "broken" in {entry.what for entry in carrier.bench.log()}
