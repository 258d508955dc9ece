"""Many tickets for one person: few texts, every ticket in them, each its own."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

import notify
from notify import Message, Report, sending
from notify.carrier.segments import count
from notify.channels import DeliveryFailed, Parcel
from notify.channels.recording import RecordingCarrier
from notify.message import COMMON_LANE
from notify.models import Fence, Notification
from notify.rules.merges import segments
from notify.sending import REHEARSAL
from notify.service.hearing import IncomingText, hear
from notify.service.outcomes import Outcome
from tests.notify.cast import (
    ANA,
    NIGHT,
    RIVERTON_LINE,
    TICKET,
    TO_DAN,
    Ear,
    Place,
    after,
    relay,
)
from townline.tenancy import town

CODE = re.compile(r"(?:^|[:.] )(\d{2,4}) Water")


def ticket(number: int, **changes: Any) -> Message:  # noqa: ANN401 - any field of it
    """A routine text to Ana about a ticket of its own."""
    known: dict[str, Any] = {
        "key": f"run/{number}/ana",
        "level": 3,
        "subject_id": UUID(int=number + 1),
    }
    return relay(**known | changes)


def promise_each(place: Place, *messages: Message) -> list[UUID]:
    """Each behind a fence of its own, as tickets are; return the fences."""
    return [place.promise(each) for each in messages]


def send(place: Place, carrier: RecordingCarrier, *, seconds: float = 0) -> None:
    notify.send_due(place.database, carrier.everywhere(), at=after(seconds))


def write(place: Place, body: str, *, seconds: float = 1) -> str:
    incoming = IncomingText(ours=RIVERTON_LINE, theirs=ANA, body=body)
    with town(place.database, place.tenant_id) as db:
        return hear(db, incoming, at=after(seconds))


def promised(place: Place) -> list[Notification]:
    with town(place.database, place.tenant_id) as db:
        return list(
            db.session.scalars(db.rows(Notification).order_by("promised_at", "id"))
        )


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


def test_each_code_takes_its_own_ticket_and_touches_no_other(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    """I8 and I25."""
    fences = promise_each(rivertown, *(ticket(n) for n in range(4)))
    send(rivertown, carrier)
    second = promised(rivertown)[1]

    said = write(rivertown, f"{second.code} ok")

    assert said == f"accept: {second.code}"
    assert closed(rivertown) == [fences[1]]
    assert [each.state for each in promised(rivertown)][1] == "answered"


def test_one_that_is_accepted_in_between_is_left_out(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    fences = promise_each(rivertown, *(ticket(n) for n in range(6)))

    rivertown.accept(fences[0], at=NIGHT)
    send(rivertown, carrier)

    [text] = carrier.sent
    assert "5 tickets" in text.body
    assert rivertown.states().count("cancelled") == 1


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        pytest.param(DeliveryFailed("other_channel", "30006"), "30006", id="refused"),
        pytest.param(DeliveryFailed("fix_contact", "21211"), "fix_contact", id="wrong"),
    ],
)
def test_a_refused_list_fails_for_every_ticket_in_it(
    rivertown: Place,
    carrier: RecordingCarrier,
    ear: Ear,
    refusal: DeliveryFailed,
    why: str,
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    carrier.refusals.append(refusal)

    send(rivertown, carrier)

    assert ear.failures == [("Ana Ruiz", why)] * 4
    assert set(rivertown.states()) == {"failed"}


def test_a_list_that_comes_again_lists_them_all_under_the_same_codes(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    carrier.refusals.append(DeliveryFailed("retry", "20429", after=1.0))

    send(rivertown, carrier)
    before = {each.id: each.code for each in promised(rivertown)}
    send(rivertown, carrier, seconds=2)

    [text] = carrier.sent
    assert CODE.findall(text.body) == list(before.values())
    assert {each.id: each.code for each in promised(rivertown)} == before


def test_one_that_is_answered_while_the_list_is_refused_does_not_hide_the_others(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    """The list belongs to the first ticket, which an older text let somebody take."""
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    [parcel] = claim(rivertown)
    with town(rivertown.database, rivertown.tenant_id) as db:
        lead = db.get(Notification, parcel.notification_id)
        said = notify.Answer(kind="accept", via="link", name="Ana Ruiz")
        notify.answer(db, lead, said, at=after(1))

    refused = Outcome(parcel, DeliveryFailed("other_channel", "30006"))
    sending.write_down(rivertown.database, [refused], at=after(2))

    assert ear.failures == [("Ana Ruiz", "30006")] * 3
    assert sorted(rivertown.states()) == ["answered", "failed", "failed", "failed"]


def test_nothing_is_merged_across_levels_people_or_towns(
    rivertown: Place, aurore: Place, carrier: RecordingCarrier
) -> None:
    """I25."""
    crowd = [ticket(n) for n in range(2)]
    crowd += [ticket(n, level=4) for n in range(2, 4)]
    crowd += [ticket(n, **TO_DAN | {"key": f"{n}/dan"}) for n in range(4, 6)]
    promise_each(rivertown, *crowd)
    promise_each(aurore, *(ticket(n) for n in range(2)))

    send(rivertown, carrier)

    assert len(carrier.sent) == 8
    assert not any("tickets" in each.body for each in carrier.sent)


def test_a_crowd_is_told_at_once_of_three_and_then_each_minute_of_all_that_came(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """Forty routine tickets in two minutes, one each three seconds."""
    for number in range(40):
        at = 3.0 * number
        promise_each(rivertown, ticket(number, due_at=after(at)))
        send(rivertown, carrier, seconds=at)
    for seconds in (130, 190):
        send(rivertown, carrier, seconds=seconds)

    listed = [code for each in carrier.sent for code in CODE.findall(each.body)]
    assert sorted(set(listed)) == sorted(listed)
    assert len(carrier.sent) <= 10
    assert {each.code for each in promised(rivertown)} == codes_in(carrier)
    assert not set(rivertown.states()) & {"held", "pending"}


def test_what_gathers_says_so_once_on_its_page(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """I17 and I18: what waits is seen to wait, and is sent."""
    promise_each(rivertown, *(ticket(n) for n in range(3)))
    send(rivertown, carrier)
    promise_each(rivertown, ticket(3, subject_id=TICKET))

    for seconds in (1, 2, 30):
        send(rivertown, carrier, seconds=seconds)
    waiting = promised(rivertown)[-1]
    send(rivertown, carrier, seconds=61)

    assert (waiting.state, waiting.held_for) == ("held", "gather")
    assert waiting.due_at == after(61)
    assert rivertown.log() == ["relay.held", "relay.attempted"]
    assert len(carrier.sent) == 4


def test_an_acceptance_cancels_what_gathers(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(3)))
    send(rivertown, carrier)
    [fence] = promise_each(rivertown, ticket(3, subject_id=TICKET))
    send(rivertown, carrier, seconds=1)

    rivertown.accept(fence, at=after(30))
    send(rivertown, carrier, seconds=61)

    assert rivertown.log() == ["relay.held", "relay.cancelled"]
    assert len(carrier.sent) == 3


def test_stop_in_between_ends_every_ticket_of_the_list(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    promise_each(rivertown, *(ticket(n) for n in range(4)))
    send(rivertown, carrier)
    promise_each(rivertown, ticket(4, due_at=after(2)))
    send(rivertown, carrier, seconds=2)

    write(rivertown, "STOP", seconds=3)
    send(rivertown, carrier, seconds=90)

    assert ear.failures == [("Ana Ruiz", "opted_out")] * 5
    assert [each.theirs for each in carrier.sent].count(ANA) == 1


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


def claim(place: Place) -> list[Parcel]:
    return sending.claim_due(
        place.database, REHEARSAL, lane=COMMON_LANE, room=64, at=NIGHT
    )


def closed(place: Place) -> list[UUID]:
    with town(place.database, place.tenant_id) as db:
        shut = db.rows(Fence).where(Fence.closed_at.is_not(None))
        return [each.id for each in db.session.scalars(shut)]


def codes_in(carrier: RecordingCarrier) -> set[str]:
    """Every code that was printed, alone or in a list."""
    alone = re.compile(r"Reply (\d+) to take it, \1 no")
    bodies = [each.body for each in carrier.sent]
    return {code for body in bodies for code in CODE.findall(body)} | {
        code for body in bodies for code in alone.findall(body)
    }


def receipt(place: Place, attempt_id: UUID, status: str) -> None:
    report = Report(
        source="text_status",
        key=f"{attempt_id}:{status}",
        attempt_id=attempt_id,
        payload={"MessageStatus": status, "MessageSid": "SM1"},
    )
    with town(place.database, place.tenant_id) as db:
        notify.receive(db, report, at=after(5))


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
