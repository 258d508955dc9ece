"""The carrier's own account."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import CREW, LINE, Twilio
from tests.carrier.town import Town

TWIML = '<Response><Gather numDigits="1"/></Response>'


def test_a_texts_whole_life_is_noted(
    twilio: Twilio, carrier: CarrierHandle, crew: BenchPhone
) -> None:
    sid = twilio.messages.create(to=CREW, from_=LINE, body="token k7").sid
    crew.wait_for_text("k7")

    noted = [entry for entry in carrier.bench.log() if entry.sid == sid]

    assert {(entry.to, entry.sender, entry.body) for entry in noted} == {
        (CREW, LINE, "token k7")
    }
    assert sorted((entry.what, entry.detail) for entry in noted) == [
        ("accepted", ""),
        ("status", "delivered"),
        ("status", "queued"),
        ("status", "sending"),
        ("status", "sent"),
        ("told", "accepted"),
    ]


def test_the_log_goes_on_from_a_number(
    twilio: Twilio, carrier: CarrierHandle, crew: BenchPhone
) -> None:
    twilio.messages.create(to=CREW, from_=LINE, body="first")
    crew.wait_for_text("first")
    seen = carrier.bench.log()[-1].seq

    twilio.messages.create(to=CREW, from_=LINE, body="second")

    assert {entry.body for entry in carrier.bench.log(since=seen)} == {"second"}


def test_keys_are_noted_with_their_call(
    twilio: Twilio, carrier: CarrierHandle, crew: BenchPhone
) -> None:
    sid = twilio.calls.create(to=CREW, from_=LINE, twiml=TWIML).sid
    crew.answer()
    crew.press("1")

    pressed = [entry for entry in carrier.bench.log() if entry.what == "pressed"]

    assert [(entry.sid, entry.body) for entry in pressed] == [(sid, "1")]


def test_a_reset_forgets_everything(
    twilio: Twilio, carrier: CarrierHandle, crew: BenchPhone, town: Town
) -> None:
    twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    carrier.bench.fault("busy")
    crew.text(LINE, "STOP")

    carrier.bench.reset()

    assert carrier.bench.log() == []
    assert crew.view.texts == []
    assert twilio.calls.list() == []
    assert twilio.messages.create(to=CREW, from_=LINE, body="Hi").sid
