"""One notification a key, an intent before every act, nothing after an acceptance."""

from __future__ import annotations

import asyncio
from threading import Barrier, Thread

import pytest

import notify
from notify import sending
from notify.channels import DeliveryFailed, Parcel, Sighting
from notify.channels.recording import RecordingCarrier
from notify.message import EMERGENCY_LANE
from notify.models import Notification
from notify.rules.outcomes import LEASE
from notify.rules.receipts import Receipt
from notify.sending import REHEARSAL
from notify.service import events
from notify.service.claims import claim
from notify.service.events import Report
from notify.service.optouts import opt_out
from notify.service.outcomes import Outcome
from tests.notify.cast import ANA, NIGHT, TO_DAN, Ear, Place, after, bodies, relay
from townline.errors import NotFound
from townline.tenancy import town


def test_a_relay_carries_level_place_code_and_link_in_one_segment(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay())

    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)

    [attempt] = rivertown.attempts()
    assert bodies(carrier.sent) == [
        "RIV L1 Water Main Break, Elm St and 4th Ave. Reply 41 to take it, 41 no if"
        f" you cannot. https://townline.example/r/RIV/{attempt.token}"
    ]
    assert attempt.segments == 1
    assert rivertown.states() == ["accepted"]


def test_a_promise_made_twice_and_processed_twice_is_sent_once(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    group = rivertown.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as db:
        notify.promise(db, relay(group=group, context={}), at=after(1))

    for seconds in (0, 1, 2):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))

    assert len(carrier.sent) == 1


def test_two_workers_never_claim_the_same(rivertown: Place) -> None:
    rivertown.promise(*(relay(key=f"key-{n}", level=3) for n in range(20)))
    claimed: list[str] = []
    together = Barrier(2)

    def work() -> None:
        together.wait()
        parcels = sending.claim_due(
            rivertown.database, REHEARSAL, lane=2, room=20, at=NIGHT
        )
        claimed.extend(str(parcel.notification_id) for parcel in parcels)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(claimed) == len(set(claimed)) == 20


def test_after_an_acceptance_no_intent_is_written(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    group = rivertown.promise(relay(), relay(**TO_DAN, due_at=after(120)))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)

    rivertown.accept(group, by="Ana Ruiz", at=after(60))
    notify.send_due(rivertown.database, carrier.everywhere(), at=after(120))

    assert len(rivertown.attempts()) == 1
    assert rivertown.states() == ["accepted", "cancelled"]
    assert ear.failures == []


def test_what_was_planned_under_an_older_epoch_is_void(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    group = rivertown.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as db:
        epoch = notify.raise_fence(db, group, at=NIGHT, close=False)
        late = relay(key="late", group=group, epoch=1)
        fresh = relay(key="fresh", group=group, epoch=epoch)
        notify.promise_all(db, [late, fresh], at=NIGHT)

    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)

    assert epoch == 2
    assert rivertown.states() == ["cancelled", "cancelled", "accepted"]


def test_a_claim_does_not_wait_for_whoever_is_accepting(rivertown: Place) -> None:
    group = rivertown.promise(relay())

    with town(rivertown.database, rivertown.tenant_id) as db:
        notify.raise_fence(db, group, at=NIGHT, close=False)
        db.session.flush()
        claimed = sending.claim_due(
            rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
        )

    assert claimed == []


def test_an_acceptance_waits_for_the_intent_it_could_not_stop(
    rivertown: Place,
) -> None:
    """The intent commits first, and the acceptance sees it: none commits after."""
    group = rivertown.promise(relay())
    seen: list[int] = []

    def accept() -> None:
        rivertown.accept(group, at=NIGHT)
        seen.append(len(rivertown.attempts()))

    with town(rivertown.database, rivertown.tenant_id) as db:
        claim(db, REHEARSAL, lane=EMERGENCY_LANE, limit=9, at=NIGHT)
        db.session.flush()
        accepting = Thread(target=accept)
        accepting.start()
        accepting.join(timeout=0.2)
        assert accepting.is_alive()
    accepting.join()

    assert seen == [1]


def test_emergencies_go_first_and_towns_share_the_rest(
    rivertown: Place, aurore: Place
) -> None:
    flood = [relay(key=f"flood-{n}", level=3, due_at=after(-60)) for n in range(30)]
    rivertown.promise(*flood)
    aurore.promise(relay(key="one", level=3), relay(key="two", level=3))
    aurore.promise(relay(key="main break"))

    first = sending.claim_due(
        rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=8, at=NIGHT
    )
    rest = [
        parcel.prefix
        for _ in range(2)
        for parcel in sending.claim_due(
            rivertown.database, REHEARSAL, lane=2, room=2, at=NIGHT
        )
    ]

    assert [parcel.prefix for parcel in first] == ["SAU"]
    assert sorted(rest[:2]) == sorted(rest[2:]) == ["RIV", "SAU"]


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
        pytest.param(DeliveryFailed("stop", "30034"), "stop", id="not registered"),
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


def test_a_message_that_expires_is_not_sent_and_its_listener_hears(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay(expires_at=after(60)))

    notify.send_due(rivertown.database, carrier.everywhere(), at=after(60))

    assert carrier.sent == []
    assert ear.failures == [("Ana Ruiz", "expired")]


def test_a_message_without_its_words_stops_no_other(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay(key="broken", context={}), relay(**TO_DAN))

    for seconds in (0, 1):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))

    assert [parcel.theirs for parcel in carrier.sent] == [TO_DAN["destination"]]
    assert ear.failures == [("Ana Ruiz", "unrenderable")]


def test_another_town_has_neither_the_promise_nor_the_fence(
    rivertown: Place, aurore: Place
) -> None:
    group = rivertown.promise(relay())

    with town(aurore.database, aurore.tenant_id) as db:
        assert db.session.scalars(db.rows(Notification)).all() == []
        with pytest.raises(NotFound):
            notify.raise_fence(db, group, at=NIGHT, close=True)

    assert rivertown.states() == ["pending"]


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


def test_no_intent_is_written_for_whoever_has_just_opted_out(rivertown: Place) -> None:
    rivertown.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as db:
        opt_out(db, ANA, at=NIGHT)

    claimed = sending.claim_due(
        rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
    )

    assert claimed == []


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
