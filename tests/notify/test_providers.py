"""One provider of letters for the other, numbers that take no texts, and two tokens:
through the real SDKs, a carrier of our own and a mail server.
"""

from __future__ import annotations

from dataclasses import replace

from tests.notify.cast import RIVERTON_LINE, TO_DAN, Ear, relay
from tests.notify.senders import Clerk, PostOffice

LETTER = {
    "channel": "email",
    "destination": "ana.ruiz@riverton.example",
    "level": 3,
    "key": "run/1/0/ana/mail",
}


def test_sendgrid_fails_and_the_letter_comes_by_the_mail_server(clerk: Clerk) -> None:
    with PostOffice().open() as server:
        both = clerk.with_server(server)
        both.bench.fault("server_error_refused", channel="mail")
        both.promise(relay(**LETTER))

        both.send(0, 3, 60)
        before = len(server.letters)
        both.send(121, 125)

    assert before == 0, "it might still have come from SendGrid"
    [letter] = server.letters
    assert "To: ana.ruiz@riverton.example" in letter
    assert "Reply-To: relay+RIV." in letter


def test_the_mail_server_is_down_and_the_letter_comes_by_sendgrid(
    clerk: Clerk,
) -> None:
    with PostOffice(greeting="421 closing").open() as server:
        both = clerk.with_server(server)
        first = replace(both.settings, mail_providers=("smtp", "sendgrid"))
        replace(both, settings=first).promise(relay(**LETTER))

        replace(both, settings=first).send(0, 0.1)

    both.bench.mailbox("ana.ruiz@riverton.example").wait_for_letter("level 3")
    assert [each.provider for each in both.place.attempts()] == ["smtp", "sendgrid"]


def test_a_landline_is_looked_up_and_called_instead(clerk: Clerk, ear: Ear) -> None:
    clerk.promise(relay(**TO_DAN))
    clerk.send(0, 1)

    clerk.promise(relay(**{**TO_DAN, "key": "run/2/0/dan/sms"}))
    clerk.send(2, 3)

    # The first found out what Lookup then said; the second was never tried.
    assert ear.failures == [("Dan Ortiz", "21614"), ("Dan Ortiz", "landline")]
    assert len(clerk.place.attempts()) == 1


def test_a_register_that_is_away_delays_nothing(clerk: Clerk) -> None:
    clerk.bench.fault("register_away")
    clerk.promise(relay())

    clerk.send(0, 1)

    assert clerk.taken() == [RIVERTON_LINE]


def test_a_token_is_exchanged_without_a_refusal(clerk: Clerk, ear: Ear) -> None:
    twilio = clerk.settings.twilio
    exchanging = replace(
        twilio, auth_token="the-old-one", second_token=twilio.auth_token
    )
    there = replace(clerk, settings=replace(clerk.settings, twilio=exchanging))
    there.promise(relay())

    there.send(0)

    assert there.taken() == [RIVERTON_LINE]
    assert ear.failures == []


def test_with_neither_token_operations_are_called(clerk: Clerk, ear: Ear) -> None:
    gone = replace(clerk.settings.twilio, auth_token="wrong", second_token="too")
    there = replace(clerk, settings=replace(clerk.settings, twilio=gone))
    there.promise(relay())

    there.send(0, 1, 2)

    assert ear.failures == [("Ana Ruiz", "operations")]
