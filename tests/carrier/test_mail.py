"""Letters, through SendGrid's own library."""

# The carriers' own libraries say little of their types.
# mypy: allow-untyped-calls

from __future__ import annotations

import json

import pytest
from python_http_client.exceptions import BadRequestsError, UnauthorizedError
from sendgrid.helpers.eventwebhook import EventWebhook
from sendgrid.helpers.mail.attachment import Attachment
from sendgrid.helpers.mail.custom_arg import CustomArg
from sendgrid.helpers.mail.mail import Mail
from sendgrid.sendgrid import SendGridAPIClient

from notify.carrier import CarrierHandle
from tests.carrier.town import Told, Town

ANA = "ana@crew.example"
DESK = "riverton@reply.example"


def _letter(subject: str = "Water main break") -> Mail:
    letter = Mail(
        from_email=("no-reply@town.example", "Riverton"),
        to_emails=ANA,
        subject=subject,
        plain_text_content="Reply 41 ok to take it.",
        html_content="<p>Reply <b>41 ok</b> to take it.</p>",
    )
    letter.reply_to = DESK
    letter.custom_arg = CustomArg("attempt", "a7")
    return letter


def _events(told: list[Told]) -> list[dict[str, str]]:
    return [event for one in told for event in json.loads(one.body)]


def test_a_letter_reaches_the_mailbox(
    sendgrid: SendGridAPIClient, carrier: CarrierHandle
) -> None:
    letter = _letter()
    letter.attachment = Attachment("JVBERi0=", "night.pdf", "application/pdf")

    answer = sendgrid.send(letter)

    received = carrier.bench.mailbox(ANA).wait_for_letter("41 ok")
    assert (answer.status_code, answer.body) == (202, b"")
    assert received.sid == answer.headers["X-Message-Id"]
    assert (received.subject, received.reply_to) == ("Water main break", DESK)
    assert received.attachments == ["night.pdf"]


def test_events_come_signed_with_the_senders_arguments(
    sendgrid: SendGridAPIClient, carrier: CarrierHandle, town: Town
) -> None:
    answer = sendgrid.send(_letter())

    told = town.told("/events", 2)

    verifier = EventWebhook(carrier.config.event_public_key)
    for one in told:
        assert verifier.verify_signature(
            one.body.decode(),
            one.headers["x-twilio-email-event-webhook-signature"],
            one.headers["x-twilio-email-event-webhook-timestamp"],
        )
    events = _events(told)
    assert [event["event"] for event in events] == ["processed", "delivered"]
    assert {event["attempt"] for event in events} == {"a7"}
    assert len({event["sg_event_id"] for event in events}) == 2
    for event in events:
        assert event["sg_message_id"].startswith(answer.headers["X-Message-Id"])


@pytest.mark.parametrize(
    ("fault", "events"),
    [
        ("bounce", ["processed", "bounce"]),
        ("dropped", ["dropped"]),
        ("deferred", ["processed", "deferred", "delivered"]),
        ("open", ["processed", "delivered", "open"]),
    ],
)
def test_a_letters_fate_can_be_chosen(
    sendgrid: SendGridAPIClient,
    carrier: CarrierHandle,
    town: Town,
    fault: str,
    events: list[str],
) -> None:
    carrier.bench.wire.ask("POST", "/faults", f"kind={fault}&number={ANA}".encode())

    sendgrid.send(_letter())

    told = town.told("/events", len(events))
    assert [event["event"] for event in _events(told)] == events


def test_an_answer_is_parsed_as_sendgrid_parses_it(
    sendgrid: SendGridAPIClient, carrier: CarrierHandle, town: Town
) -> None:
    sendgrid.send(_letter())
    mailbox = carrier.bench.mailbox(ANA)
    received = mailbox.wait_for_letter()

    mailbox.reply(received, "41 ok, à bientôt")

    (told,) = town.told("/mail")
    body = told.body.decode()
    assert told.headers["content-type"].startswith("multipart/form-data")
    assert 'name="text"\r\n\r\n41 ok, à bientôt\r\n' in body
    assert '{"to": ["' + DESK + '"], "from": "' + ANA + '"}' in body
    assert f"In-Reply-To: {received.message_id}" in body
    assert 'name="SPF"\r\n\r\npass' in body


def test_a_wrong_letter_is_refused_in_sendgrids_shape(
    sendgrid: SendGridAPIClient, carrier: CarrierHandle
) -> None:
    with pytest.raises(BadRequestsError) as refused:
        sendgrid.client.mail.send.post(request_body={"subject": "Hi"})

    fields = [fault["field"] for fault in refused.value.to_dict["errors"]]
    assert fields == ["personalizations", "from.email", "content"]
    assert [entry.what for entry in carrier.bench.log()] == ["refused"]


def test_a_wrong_key_is_refused(carrier: CarrierHandle) -> None:
    stranger = SendGridAPIClient("guessed", host=carrier.base_url)

    with pytest.raises(UnauthorizedError):
        stranger.send(_letter())


def test_each_person_gets_a_letter_of_their_own(
    sendgrid: SendGridAPIClient, carrier: CarrierHandle
) -> None:
    letter = Mail("no-reply@town.example", None, "Hi", "Hello")
    letter.to = [(ANA, "Ana"), ("sam@crew.example", "Sam")]

    sendgrid.send(letter)

    carrier.bench.mailbox("Sam@crew.example").wait_for_letter("Hello")
    carrier.bench.mailbox(ANA).wait_for_letter("Hello")
