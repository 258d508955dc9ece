"""Texts that people send."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from notify.carrier import BenchPhone
from tests.carrier.cast import CREW, LINE, RESIDENT, TOKEN, Twilio
from tests.carrier.town import Town


def test_a_persons_text_reaches_the_town_signed(crew: BenchPhone, town: Town) -> None:
    crew.text(LINE, "41 ok")

    (told,) = town.told("/sms")
    signature = told.headers["x-twilio-signature"]
    assert RequestValidator(TOKEN).validate(told.url, told.fields, signature)
    assert told.fields["From"] == CREW
    assert told.fields["To"] == LINE
    assert told.fields["Body"] == "41 ok"
    assert (told.fields["NumMedia"], told.fields["NumSegments"]) == ("0", "1")
    assert "OptOutType" not in told.fields


def test_a_picture_comes_with_its_address(crew: BenchPhone, town: Town) -> None:
    crew.text(LINE, "here", media="http://127.0.0.1/leak.jpg")

    (told,) = town.told("/sms")
    assert told.fields["MediaUrl0"] == "http://127.0.0.1/leak.jpg"
    assert told.fields["NumMedia"] == "1"
    assert told.fields["MessageSid"].startswith("MM")


def test_what_the_town_answers_arrives(crew: BenchPhone, town: Town) -> None:
    town.answers("/sms", "<Message>Thank you,\nAna</Message>")

    crew.text(LINE, "41 ok")

    assert crew.wait_for_text("Thank").body == "Thank you,\nAna"


def test_after_stop_nothing_is_sent_from_that_line(
    twilio: Twilio, crew: BenchPhone, town: Town
) -> None:
    crew.text(LINE, "Arrêt")

    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(to=CREW, from_=LINE, body="Hi")
    assert (refused.value.status, refused.value.code) == (400, 21610)
    assert town.told("/sms")[0].fields["OptOutType"] == "STOP"
    assert "unsubscribed" in crew.inbox[-1].body
    assert twilio.messages.create(to=RESIDENT, from_=LINE, body="Hi").sid


def test_start_lets_texts_through_again(twilio: Twilio, crew: BenchPhone) -> None:
    crew.text(LINE, "STOP")

    crew.text(LINE, "start")

    twilio.messages.create(to=CREW, from_=LINE, body="Welcome back")
    crew.wait_for_text("Welcome back")


def test_yes_is_the_carriers_word_only_after_stop(crew: BenchPhone, town: Town) -> None:
    for word in ("yes", "stop", "yes"):
        crew.text(LINE, word)

    words = [told.fields.get("OptOutType") for told in town.told("/sms", 3)]
    assert words == [None, "STOP", "START"]
