"""The whole way: a promise, the pump, the SDKs, the carrier, a phone, and back."""

from __future__ import annotations

import pytest

from notify.carrier.faults import FaultKind
from notify.pump import Patience
from tests.notify.cast import DAN, RIVERTON_LINE, TO_DAN, Ear, relay
from tests.notify.office import WAIT_SECONDS, Office, pumping, until
from townline.clock import utc_now

ONE_DAY = 86_400.0
CALL = {"channel": "voice", "key": "run/1/0/ana/voice"}


def test_a_hint_is_enough_for_an_emergency(office: Office) -> None:
    """Whoever waited for the next poll here would wait until tomorrow."""
    never = Patience(soon=ONE_DAY, poll=ONE_DAY)
    with pumping(office.place.database, office.settings, patience=never):
        office.promise(relay(**TO_DAN))
        office.dan.wait_for_text("Reply 41")

        office.promise(relay())
        text = office.ana.wait_for_text("Reply 41", seconds=WAIT_SECONDS)

    assert text.segments == 1


def test_a_text_is_answered_and_everybody_knows(pumped: Office, ear: Ear) -> None:
    pumped.promise(relay(), relay(**TO_DAN))
    pumped.dan.wait_for_text("Reply 41")
    until(lambda: pumped.place.states() == ["delivered", "delivered"])

    pumped.dan.text(RIVERTON_LINE, "41 ok")
    pumped.ana.wait_for_text("Reply 41")

    assert ear.answers == [("Dan Ortiz", "accept", "sms")]
    assert "accept: 41" in [text.body for text in pumped.dan.inbox]
    assert pumped.place.states() == ["delivered", "answered"]
    assert {"relay.attempted", "relay.sent", "relay.delivered"} <= set(
        pumped.place.log()
    )


def test_a_key_is_an_acceptance_and_the_others_stop_ringing(
    pumped: Office, ear: Ear
) -> None:
    pumped.promise(
        relay(**CALL), relay(**{**TO_DAN, "channel": "voice", "key": "run/1/0/dan/v"})
    )
    pumped.dan.wait_until_ringing()
    pumped.ana.wait_until_ringing()

    pumped.ana.answer()
    pumped.ana.wait_until_heard("Level 1. Elm St and 4th Ave.")
    pumped.ana.wait_until_listened_to()
    pumped.ana.press("1")

    pumped.ana.wait_until_heard("accept: 41")
    pumped.dan.wait_until_over()
    assert ear.answers == [("Ana Ruiz", "accept", "voice")]
    assert ear.failures == []
    assert pumped.dan.heard == []
    # Ana was still on the phone, and heard the confirmation out.
    assert pumped.place.hung_up() == [DAN]
    # Nobody may read later that Dan did not answer.
    until(lambda: "relay.hung_up" in pumped.place.log())
    assert "relay.no_answer" not in pumped.place.log()


def test_nine_says_it_again_and_two_declines(pumped: Office, ear: Ear) -> None:
    pumped.promise(relay(**CALL))
    pumped.ana.wait_until_ringing()
    pumped.ana.answer()

    pumped.ana.wait_until_listened_to()
    pumped.ana.press("9")
    pumped.ana.wait_until_listened_to()
    pumped.ana.press("2")

    pumped.ana.wait_until_heard("decline: 41")
    assert ear.answers == [("Ana Ruiz", "decline", "voice")]
    assert len([said for said in pumped.ana.heard if "Level 1" in said]) == 2


def test_a_mailbox_gets_the_code_and_the_number_and_is_no_success(
    pumped: Office, ear: Ear
) -> None:
    pumped.promise(relay(**CALL))
    pumped.ana.wait_until_ringing()

    pumped.ana.let_voicemail_answer()

    pumped.ana.wait_until_heard("Your code is 4 1. Call 3 1 2 5 5 5 0 1 0 0.")
    until(lambda: ear.failures == [("Ana Ruiz", "voicemail")])
    until(lambda: pumped.place.states() == ["undelivered"])


def test_nobody_picks_up_and_the_ladder_goes_on(pumped: Office, ear: Ear) -> None:
    pumped.promise(relay(**CALL))
    pumped.ana.wait_until_ringing()

    pumped.ana.let_it_ring_out()

    until(lambda: ear.failures == [("Ana Ruiz", "no_answer")])


def test_somebody_listens_and_presses_nothing(pumped: Office, ear: Ear) -> None:
    pumped.promise(relay(**CALL))
    pumped.ana.wait_until_ringing()
    pumped.ana.answer()

    pumped.ana.wait_until_listened_to()
    pumped.ana.hang_up()

    until(lambda: ear.failures == [("Ana Ruiz", "no_key")])


def test_whoever_picks_up_too_late_hears_who_has_it(pumped: Office, ear: Ear) -> None:
    message = pumped.promise(relay(**CALL))
    pumped.ana.wait_until_ringing()
    assert message.group

    pumped.place.accept(message.group, by="Dan Ortiz", at=utc_now())
    pumped.ana.wait_until_over()

    assert ear.failures == []


def test_a_letter_is_sent_and_its_delivery_is_known(pumped: Office) -> None:
    letter = relay(
        channel="email", destination="ana.ruiz@riverton.example", key="run/1/0/ana/mail"
    )
    pumped.promise(letter)

    received = pumped.bench.mailbox(letter.destination).wait_for_letter("level 1")

    assert "You get this because" in received.text
    until(lambda: pumped.place.states() == ["delivered"])


def test_a_letter_can_be_answered(pumped: Office, ear: Ear) -> None:
    letter = relay(
        channel="email", destination="ana.ruiz@riverton.example", key="run/1/0/ana/mail"
    )
    pumped.promise(letter)
    mailbox = pumped.bench.mailbox(letter.destination)

    mailbox.reply(mailbox.wait_for_letter("level 1"), "ok\n\n> RIV level 1")

    until(lambda: ear.answers == [("Ana Ruiz", "accept", "email")])


@pytest.mark.parametrize(
    "fault",
    ["drop_connection", "server_error_accepted"],
    ids=["the line goes dead after it was taken", "an error though it was taken"],
)
def test_what_the_carrier_took_without_saying_so_is_adopted_and_not_sent_again(
    pumped: Office, ear: Ear, fault: FaultKind
) -> None:
    pumped.bench.fault(fault, channel="sms", count=1)
    pumped.bench.fault("callbacks_missing", channel="sms")

    pumped.promise(relay())
    pumped.ana.wait_for_text("Reply 41")

    until(lambda: bool(pumped.place.attempts()[0].sid), seconds=10)
    assert pumped.accepted() == 1
    assert ear.failures == [("Ana Ruiz", "ambiguous")]


def test_a_refusal_under_load_comes_again_and_goes_through(pumped: Office) -> None:
    pumped.bench.fault("too_many_requests", channel="sms", count=1, seconds=0.0)

    pumped.promise(relay())

    pumped.ana.wait_for_text("Reply 41")
    statuses = [each.status for each in pumped.place.attempts()]
    assert statuses[0] == "refused"


@pytest.mark.parametrize(
    ("fault", "code", "why"),
    [
        pytest.param("undelivered", 30006, "30006", id="a landline"),
        pytest.param("undelivered", 30005, "fix_contact", id="nobody's number"),
        pytest.param("failed", 30007, "30007", id="filtered"),
    ],
)
def test_a_text_that_did_not_arrive_moves_the_ladder_on(
    pumped: Office, ear: Ear, fault: FaultKind, code: int, why: str
) -> None:
    pumped.bench.fault(fault, channel="sms", code=code)

    pumped.promise(relay())

    until(lambda: ear.failures == [("Ana Ruiz", why)])


@pytest.mark.parametrize(
    "fault", ["callbacks_doubled", "callbacks_reversed", "callbacks_early"]
)
def test_receipts_in_any_order_come_to_delivered(
    pumped: Office, ear: Ear, fault: FaultKind
) -> None:
    pumped.bench.fault(fault, channel="sms")

    pumped.promise(relay())

    until(lambda: pumped.place.states() == ["delivered"])
    [attempt] = pumped.place.attempts()
    assert attempt.status == "delivered"
    assert ear.failures == []


def test_forged_receipts_change_nothing(pumped: Office) -> None:
    pumped.bench.fault("callbacks_forged", channel="sms")

    pumped.promise(relay())
    pumped.ana.wait_for_text("Reply 41")
    until(lambda: refused(pumped) >= 3)
    until(lambda: pumped.place.states() != ["sending"])

    assert pumped.place.states() == ["accepted"]


def test_two_pumps_send_a_hundred_once_each(office: Office) -> None:
    many = [
        relay(key=f"many-{n}", level=3, code=False, destination=f"+1312555{n:04}")
        for n in range(100)
    ]
    database, settings = office.place.database, office.settings
    with pumping(database, settings), pumping(database, settings):
        office.promise(*many)
        until(lambda: set(office.place.states()) == {"delivered"}, seconds=30)

    assert office.accepted() == 100


def refused(office: Office) -> int:
    """How many callbacks our webhooks turned away."""
    return len([each for each in office.bench.log() if each.detail.startswith("403 ")])
