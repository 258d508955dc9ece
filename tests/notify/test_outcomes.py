"""Answers that are lost, late or refusals: adopted, repeated, or the end of a rung."""

from __future__ import annotations

import asyncio

import pytest

import notify
from notify import sending
from notify.channels import DeliveryFailed, Parcel, Sighting
from notify.channels.recording import RecordingCarrier
from notify.message import EMERGENCY_LANE
from notify.rules.circuits import IN_A_ROW
from notify.rules.outcomes import LEASE
from notify.rules.receipts import Receipt
from notify.sending import REHEARSAL
from notify.service import circuits, events
from notify.service.events import Report
from notify.service.outcomes import Outcome
from tests.notify.cast import NIGHT, Ear, Place, after, relay
from townline.tenancy import town


def test_killed_after_the_carrier_took_it_it_is_adopted_and_not_sent_again(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay())
    [parcel] = sending.claim_due(
        rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
    )
    asyncio.run(carrier.deliver(parcel))
    # Here the worker dies, and never writes what the carrier answered.
    carrier.listed = [Sighting("recorded-1", Receipt("sent"))]
    lost = LEASE.total_seconds()

    for seconds in (0, 3, 20, 60):
        at = after(lost + seconds)
        notify.send_due(rivertown.database, carrier.everywhere(), at=at)

    [attempt] = rivertown.attempts()
    assert (attempt.sid, attempt.status) == ("recorded-1", "sent")
    assert rivertown.states() == ["sent"]
    assert len(carrier.sent) == 1
    # Level 1 did not wait to find out.
    assert ear.failures == [("Ana Ruiz", "ambiguous")]
    assert rivertown.log()[:2] == ["relay.attempted", "relay.ambiguous"]


def test_what_the_carrier_never_had_is_sent_again_once_its_list_has_settled(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay())
    carrier.refusals = [DeliveryFailed("ambiguous", "ServerDisconnectedError")]

    sent = []
    for seconds in (0, 3, 8, 12, 17, 18):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))
        sent.append(len(carrier.sent))

    statuses = [attempt.status for attempt in rivertown.attempts()]
    assert statuses == ["not_sent", "accepted"]
    assert sent == [0, 0, 0, 0, 1, 1]


def test_a_worker_that_wakes_late_writes_nothing(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay(level=3))
    [late] = sending.claim_due(rivertown.database, REHEARSAL, lane=2, room=9, at=NIGHT)
    states = []
    for seconds in (30, 33, 50):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))
        outcome = Outcome(late, DeliveryFailed("fix_contact", "21211"))
        sending.write_down(rivertown.database, [outcome], at=after(seconds))
        sending.write_down(
            rivertown.database, [Outcome(late, "late")], at=after(seconds)
        )
        states += rivertown.states()

    assert "late" not in [attempt.sid for attempt in rivertown.attempts()]
    assert states == ["ambiguous", "ambiguous", "accepted"]


def test_a_worker_that_wakes_late_tells_nothing_of_its_way(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """Its own sleep must not look like a carrier that answers nobody."""
    rivertown.promise(
        *(relay(key=f"many-{n}", level=3, code=False) for n in range(IN_A_ROW))
    )
    late = sending.claim_due(rivertown.database, REHEARSAL, lane=2, room=99, at=NIGHT)
    notify.send_due(rivertown.database, carrier.everywhere(), at=after(30))
    unanswered = DeliveryFailed("ambiguous", "TimeoutError")

    for each in late:
        outcome = Outcome(each, unanswered)
        sending.write_down(rivertown.database, [outcome], at=after(90))

    with town(rivertown.database, rivertown.tenant_id) as db:
        assert len(late) == IN_A_ROW
        assert circuits.standing(db) == {}


def test_too_many_requests_come_again_when_the_carrier_said(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay())
    carrier.refusals = [DeliveryFailed("retry", "429", after=7.0)]

    sent = []
    for seconds in (0, 6, 7):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))
        sent.append(len(carrier.sent))

    assert sent == [0, 0, 1]


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        pytest.param(DeliveryFailed("fix_contact", "21211"), "fix_contact", id="bad"),
        pytest.param(DeliveryFailed("other_channel", "21614"), "21614", id="landline"),
        pytest.param(DeliveryFailed("opted_out", "21610"), "opted_out", id="STOP"),
    ],
)
def test_a_refusal_for_good_moves_the_ladder_on_at_once(
    rivertown: Place,
    carrier: RecordingCarrier,
    ear: Ear,
    failure: DeliveryFailed,
    why: str,
) -> None:
    rivertown.promise(relay())
    carrier.refusals = [failure]

    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)

    assert ear.failures == [("Ana Ruiz", why)]


def test_what_another_attempt_has_already_is_not_adopted_again(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay(level=3))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    carrier.listed = [Sighting("recorded-1", Receipt("sent"))]
    carrier.refusals = [DeliveryFailed("ambiguous", "TimeoutError")]
    rivertown.promise(relay(key="run/2/0/ana/sms", level=3, due_at=after(1)))

    for seconds in (1, 4):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))

    assert rivertown.states() == ["accepted", "ambiguous"]


def test_a_callback_that_was_faster_than_a_lost_answer_settles_it(
    rivertown: Place, ear: Ear
) -> None:
    rivertown.promise(relay())
    [parcel] = sending.claim_due(
        rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
    )
    told(rivertown, parcel, "sent")
    lost = Outcome(parcel, DeliveryFailed("ambiguous", "TimeoutError"))

    sending.write_down(rivertown.database, [lost], at=after(5))

    assert rivertown.states() == ["sent"]
    assert ear.failures == []


def test_a_text_that_fails_after_somebody_accepted_moves_no_ladder(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    group = rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    rivertown.accept(group, at=after(10))

    told(rivertown, carrier.sent[0], "undelivered", ErrorCode="30006")

    assert rivertown.states() == ["undelivered"]
    assert ear.failures == []


def told(place: Place, parcel: Parcel, status: str, **fields: str) -> None:
    """A receipt of the carrier's, as its callback brings it."""
    report = Report(
        source="text_status",
        key=status,
        attempt_id=parcel.attempt_id,
        payload={"MessageStatus": status, "MessageSid": "SM1", **fields},
    )
    with town(place.database, place.tenant_id) as db:
        events.receive(db, report, at=after(20))
