"""A way that fails is left for the next; what has none says so, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

import notify
import tenants
from notify import Recipient
from notify.channels import DeliveryFailed, Sighting
from notify.channels.recording import RecordingCarrier
from notify.rules.circuits import COOLS, IN_A_ROW, STOPS
from notify.rules.lines import BELIEVED
from notify.rules.receipts import Receipt
from notify.rules.routing import Way
from notify.sending import REHEARSAL
from notify.service import circuits, lines
from tests.notify.cast import (
    ANA,
    DAN,
    NIGHT,
    RIVERTON_LINE,
    TO_DAN,
    Ear,
    Place,
    after,
    relay,
)
from townline.tenancy import town

NEWS = {"purpose": "news", "level": 3, "code": False}
LETTER = {"channel": "email", "destination": "ana.ruiz@riverton.example", "level": 3}
MAIN = Way("twilio", RIVERTON_LINE)
BOTH = replace(REHEARSAL, mail_providers=("sendgrid", "smtp"))


def send(place: Place, carrier: RecordingCarrier, *seconds: float) -> None:
    for each in seconds:
        notify.send_due(place.database, carrier.everywhere(), at=after(each), desk=BOTH)


def letters(*names: str) -> list[notify.Message]:
    """To people who get no other, so that nothing is gathered or held back."""
    return [
        relay(
            key=name,
            to=Recipient("contact", name, name.title()),
            channel="email",
            destination=f"{name}@riverton.example",
            level=3,
        )
        for name in names
    ]


def texts(count: int) -> list[notify.Message]:
    return [
        relay(
            key=f"text/{number}",
            to=Recipient("contact", f"crew-{number}", f"Crew {number}"),
            destination=f"+1312555{number:04}",
            level=3,
        )
        for number in range(count)
    ]


def test_a_sender_that_may_not_send_ends_the_rung_and_is_left_alone(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay())
    carrier.refusals = [DeliveryFailed("stop", "30034")]

    send(rivertown, carrier, 0, 1, 2)
    rivertown.promise(relay(**TO_DAN))
    send(rivertown, carrier, 3, 4)

    assert ear.failures == [("Ana Ruiz", "stop"), ("Dan Ortiz", "no_way")]
    assert carrier.sent == []
    assert "relay.passed_over" in rivertown.log()


def test_a_stopped_telephone_account_leaves_letters_alone(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay())
    carrier.refusals = [DeliveryFailed("operations", "20003")]
    send(rivertown, carrier, 0, 1, 2)

    rivertown.promise(
        relay(key="call", channel="voice"), relay(key="mail", **{**LETTER, "level": 1})
    )
    send(rivertown, carrier, 3, 4)

    assert ear.failures == [("Ana Ruiz", "operations"), ("Ana Ruiz", "no_way")]
    assert [each.channel for each in carrier.sent] == ["email"]


def test_a_letter_that_one_provider_never_had_goes_by_the_other(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay(**LETTER))
    carrier.refusals = [DeliveryFailed("ambiguous", "503")]

    send(rivertown, carrier, 0, 3, 60)
    before = len(carrier.sent)
    send(rivertown, carrier, 121, 125)

    assert before == 0
    assert [each.provider for each in carrier.sent] == ["smtp"]
    assert [each.provider for each in rivertown.attempts()] == ["sendgrid", "smtp"]


def test_an_account_of_letters_that_is_stopped_costs_no_time(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay(**LETTER))
    carrier.refusals = [DeliveryFailed("operations", "401")]

    send(rivertown, carrier, 0, 1)

    assert [each.provider for each in carrier.sent] == ["smtp"]


def test_a_provider_that_keeps_failing_is_passed_by_and_probed(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    silence = [DeliveryFailed("other_sender", "unreachable") for _ in range(IN_A_ROW)]
    carrier.refusals = silence
    rivertown.promise(*letters("a", "b", "c", "d", "e"))
    send(rivertown, carrier, 0)

    carrier.sent.clear()
    rivertown.promise(*letters("next"))
    send(rivertown, carrier, 1)
    shut = {each.provider for each in carrier.sent}
    carrier.sent.clear()
    cooled = 1 + COOLS.total_seconds()
    rivertown.promise(*letters("x", "y", "z"))
    send(rivertown, carrier, cooled)
    probing = sorted(each.provider for each in carrier.sent)
    carrier.sent.clear()
    rivertown.promise(*letters("again"))
    send(rivertown, carrier, cooled + 1)

    assert shut == {"smtp"}
    assert probing == ["sendgrid", "smtp", "smtp"]
    assert [each.provider for each in carrier.sent] == ["sendgrid"]


def test_with_every_way_shut_a_rung_ends_and_news_wait(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    carrier.refusals = [DeliveryFailed("ambiguous", "503") for _ in range(IN_A_ROW)]
    rivertown.promise(*texts(IN_A_ROW))
    send(rivertown, carrier, 0)
    ear.failures.clear()

    rivertown.promise(relay(key="rung"), fenced=False)
    rivertown.promise(relay(key="news", **NEWS), fenced=False)
    send(rivertown, carrier, 1, 2)
    waiting = len(carrier.sent)
    cooled = 1 + COOLS.total_seconds()
    send(rivertown, carrier, cooled, cooled + COOLS.total_seconds())

    assert ear.failures[0] == ("Ana Ruiz", "no_way")
    assert waiting == 0
    assert rivertown.states()[-1] == "accepted"


def test_what_may_have_been_taken_is_looked_for_before_another_way_is_used(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay(level=3))
    carrier.refusals = [DeliveryFailed("ambiguous", "TimeoutError")]
    carrier.listed = [Sighting("SM1", Receipt("sent"))]

    send(rivertown, carrier, 0, 3, 60)

    assert carrier.sent == []
    assert rivertown.states() == ["sent"]


def test_a_landline_is_never_texted(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    carrier.line_types = {ANA: "landline"}
    with town(rivertown.database, rivertown.tenant_id) as db:
        lines.look_up(db, [ANA], at=NIGHT)
    send(rivertown, carrier, 0)

    rivertown.promise(relay(), relay(**TO_DAN))
    send(rivertown, carrier, 1, 2)

    assert [each.theirs for each in carrier.sent] == [DAN]
    assert ear.failures == [("Ana Ruiz", "landline")]


def test_a_number_that_nobody_knows_is_texted_and_looked_up_for_the_next_time(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    carrier.line_types = {ANA: "landline"}
    rivertown.promise(relay())
    send(rivertown, carrier, 0, 1)

    rivertown.promise(relay(key="run/2/0/ana/sms"))
    send(rivertown, carrier, 2, 3)

    assert len(carrier.sent) == 1
    assert ear.failures == [("Ana Ruiz", "landline")]


def test_a_register_that_is_away_blocks_nothing(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    carrier.register_is_away = True

    for number, seconds in enumerate((0, 1, 2)):
        rivertown.promise(relay(key=f"run/{number}"))
        send(rivertown, carrier, seconds)

    assert len(carrier.sent) == 3
    # Asked at once, and then not for a while.
    assert carrier.looked_up == [ANA]


def test_a_town_knows_only_its_own_ways_and_lines(
    rivertown: Place, aurore: Place, carrier: RecordingCarrier
) -> None:
    carrier.refusals = [DeliveryFailed("stop", "30034")]
    carrier.line_types = {ANA: "landline"}
    rivertown.promise(relay())
    send(rivertown, carrier, 0, 1)

    aurore.promise(relay())
    send(aurore, carrier, 2)

    assert [each.prefix for each in carrier.sent] == ["SAU"]


@pytest.mark.parametrize("channel", ["sms", "voice", "email"])
def test_each_attempt_remembers_its_provider(
    rivertown: Place, carrier: RecordingCarrier, channel: str
) -> None:
    rivertown.promise(relay(channel=channel))

    send(rivertown, carrier, 0)

    [attempt] = rivertown.attempts()
    expected = "sendgrid" if channel == "email" else "twilio"
    assert attempt.provider == expected


def test_of_two_workers_one_probes(rivertown: Place, carrier: RecordingCarrier) -> None:
    rivertown.promise(relay())
    carrier.refusals = [DeliveryFailed("stop", "30034")]
    send(rivertown, carrier, 0)
    due = after(STOPS.total_seconds())

    won = []
    for _ in range(2):
        with town(rivertown.database, rivertown.tenant_id) as db:
            won.append(circuits.take_probe(db, "sms", MAIN, at=due))

    assert won == [True, False]


def test_every_contacts_mobile_is_looked_up_before_anybody_texts_it(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    with town(rivertown.database, rivertown.tenant_id) as db:
        riverton = tenants.current(db).town
        lines.foresee(db, riverton, at=NIGHT)

    send(rivertown, carrier, 0, 1)

    mobiles = {each.mobile for each in riverton.contacts if each.mobile}
    assert mobiles
    assert set(carrier.looked_up) == mobiles


def test_what_is_known_is_looked_up_again_after_three_months(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay())
    send(rivertown, carrier, 0, 1)
    season = BELIEVED.total_seconds() + 2

    for seconds in (60, season):
        rivertown.promise(relay(key=f"at/{seconds}", due_at=after(seconds)))
        send(rivertown, carrier, seconds, seconds + 1)

    assert carrier.looked_up == [ANA, ANA]
