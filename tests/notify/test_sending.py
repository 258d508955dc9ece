"""One notification a key, an intent before every act, nothing after an acceptance."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

import notify
from notify import sending
from notify.channels.recording import RecordingCarrier
from notify.message import EMERGENCY_LANE
from notify.models import Notification
from notify.sending import REHEARSAL
from notify.service.claims import claim
from notify.service.optouts import opt_out
from tests.notify.cast import (
    ANA,
    DAN,
    NIGHT,
    TO_DAN,
    Ear,
    Place,
    after,
    bodies,
    relay,
)
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


def test_codes_are_given_phone_by_phone_whatever_was_due_first(
    rivertown: Place,
) -> None:
    """In another order two workers would wait for each other's codes."""
    rivertown.promise(relay(due_at=after(-9)), relay(**TO_DAN, due_at=after(-1)))
    rivertown.promise(
        relay(key="run/2/ana", due_at=after(-1)),
        relay(**TO_DAN | {"key": "run/2/dan"}, due_at=after(-9)),
    )

    parcels = sending.claim_due(
        rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
    )

    assert [each.theirs for each in parcels] == sorted([ANA, ANA, DAN, DAN])


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


def test_no_intent_is_written_for_whoever_has_just_opted_out(rivertown: Place) -> None:
    rivertown.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as db:
        opt_out(db, ANA, at=NIGHT)

    claimed = sending.claim_due(
        rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
    )

    assert claimed == []
