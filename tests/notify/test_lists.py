"""What a list looks like, by text and by letter, and when an emergency is in one."""

from __future__ import annotations

import re
from typing import Any

import notify
from notify.carrier.segments import count
from notify.channels.recording import RecordingCarrier
from notify.models import Notification
from notify.rules.merges import segments
from notify.sending import REHEARSAL
from notify.service.carrying import meant
from tests.notify.cast import (
    Place,
    after,
)
from tests.notify.crowds import (
    CODE,
    promise_each,
    promised,
    receipt,
    send,
    ticket,
)
from townline.tenancy import town


def test_three_tickets_are_three_texts(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(3)))

    send(rivertown, carrier)

    assert len(carrier.sent) == 3
    assert all("Reply" in each.body for each in carrier.sent)


def test_four_tickets_are_one_text_that_lists_each_with_its_code(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))

    send(rivertown, carrier)

    [text] = carrier.sent
    assert text.body.startswith("RIV L3, 4 tickets: 41 Water Main Break, ")
    assert CODE.findall(text.body) == [each.code for each in promised(rivertown)]
    assert sorted(rivertown.states()) == ["accepted", "merged", "merged", "merged"]


def test_emergencies_are_not_merged_below_the_cap_and_never_wait_longer_than_it(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    for number in range(7):
        promise_each(rivertown, ticket(number, level=1))
        send(rivertown, carrier, seconds=0.1 * number)
    before = len(carrier.sent)
    send(rivertown, carrier, seconds=3.6)

    assert before == 5
    assert "2 tickets" in carrier.sent[-1].body
    assert not set(rivertown.states()) & {"held", "pending"}


def test_emergencies_above_the_cap_go_at_once_in_one_list(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n, level=1) for n in range(6)))

    send(rivertown, carrier)

    assert len(carrier.sent) == 1
    assert "L1, 6 tickets" in carrier.sent[0].body


def test_a_digest_is_one_letter_however_few_tickets_it_has(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    mail: dict[str, Any] = {
        "channel": "email",
        "destination": "ana.ruiz@riverton.example",
        "level": 5,
        "held_for": "digest",
        "due_at": after(3600),
    }
    promise_each(rivertown, *(ticket(n, **mail) for n in range(2)))
    before = rivertown.states()

    for seconds in (0, 3600):
        send(rivertown, carrier, seconds=seconds)

    [letter] = carrier.sent
    assert before == ["held", "held"]
    assert letter.subject == "RIV level 5: 2 tickets"
    assert letter.body.count("https://townline.example/r/RIV/") == 2


def test_each_link_of_a_letter_opens_its_own_ticket(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    mail = {"channel": "email", "destination": "ana.ruiz@riverton.example"}
    promise_each(rivertown, *(ticket(n, **mail) for n in range(4)))
    send(rivertown, carrier)
    tokens = re.findall(r"/r/RIV/(\w+)", carrier.sent[0].body)

    with town(rivertown.database, rivertown.tenant_id) as db:
        opened = [
            notify.links.read(db, token, secret=REHEARSAL.secret, at=after(1))
            for token in tokens
        ]

    assert [each.notification.id for each in opened] == [
        each.id for each in promised(rivertown)
    ]
    assert all(each.current for each in opened)


def test_a_text_that_is_heard_out_by_a_carrier_is_delivered_for_every_ticket(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    send(rivertown, carrier)
    [attempt] = rivertown.attempts()

    receipt(rivertown, attempt.id, "delivered")

    assert rivertown.states() == ["delivered"] * 4


def test_a_list_carries_its_mark_and_is_counted_as_the_carrier_counts(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """I24, in both languages."""
    for language in ("en", "fr"):
        to = notify.Recipient("contact", f"ana-{language}", "Ana Ruiz", language)
        crowd = (ticket(n, to=to, key=f"{language}/{n}") for n in range(10))
        promise_each(rivertown, *crowd)

    send(rivertown, carrier)

    attempts = rivertown.attempts()
    assert len(attempts) == 2
    assert all(each.body.endswith(f" #{each.token[:6]}") for each in attempts)
    assert all(each.segments == count(each.body) for each in attempts)
    assert max(each.segments for each in attempts) <= segments(10)


def test_an_answer_to_a_letter_of_many_names_the_one_it_means(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """A bare ok is asked back: it could be any of them."""
    mail = {"channel": "email", "destination": "ana.ruiz@riverton.example"}
    promise_each(rivertown, *(ticket(n, **mail) for n in range(4)))
    send(rivertown, carrier)
    listed = promised(rivertown)

    with town(rivertown.database, rivertown.tenant_id) as db:
        first = db.get(Notification, carrier.sent[0].notification_id)
        found = [meant(db, first, each.code) for each in listed]
        bare = meant(db, first, None)

    assert [each.id for each in found if isinstance(each, Notification)] == [
        each.id for each in listed
    ]
    assert bare == [each.code for each in listed]
