"""Forty tickets at once for one person: through the pump, the SDK and the carrier."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

import notify
from notify.models import Notification, ReplyCode
from notify.rules.codes import RESTS, candidates
from notify.sending import REHEARSAL, claim_due
from tests.notify.cast import ANA, NIGHT, RIVERTON_LINE, Ear, Place, after, relay
from tests.notify.office import Office, until
from townline.clock import utc_now
from townline.db import new_id
from townline.tenancy import town

STORM = 40
LISTED = re.compile(r"(?<!\d)(\d{2,4}) Water")


def storm(place: Place, *, tickets: int = STORM) -> list[UUID]:
    """Routine tickets, each with a run of its own, saved in one moment."""
    now = utc_now()
    groups = [new_id() for _ in range(tickets)]
    with town(place.database, place.tenant_id) as db:
        for group in groups:
            notify.open_fence(db, group)
            known = {"key": f"{group}/ana", "subject_id": group, "due_at": now}
            message = relay(level=3, group=group, **known)
            notify.promise(db, message, at=now)
    return groups


def of_group(place: Place, group: UUID) -> Notification:
    with town(place.database, place.tenant_id) as db:
        of = db.rows(Notification).where(Notification.fence_id == group)
        return db.session.scalars(of).one()


def listed(office: Office) -> list[str]:
    texts = [text.body for text in office.ana.inbox if "tickets" in text.body]
    return [code for body in texts for code in LISTED.findall(body)]


def test_forty_tickets_are_four_texts_and_each_code_takes_its_own(
    pumped: Office, ear: Ear
) -> None:
    groups = storm(pumped.place)
    until(lambda: len(listed(pumped)) == STORM, seconds=20)
    chosen, texts = of_group(pumped.place, groups[25]), pumped.accepted()

    pumped.ana.text(RIVERTON_LINE, f"{chosen.code} ok")
    pumped.ana.wait_for_text(f"accept: {chosen.code}")

    assert texts == 4
    assert len(set(listed(pumped))) == STORM
    assert max(text.segments for text in pumped.ana.inbox) <= 5
    states = {group: of_group(pumped.place, group).state for group in groups}
    assert [group for group in groups if states[group] == "answered"] == [groups[25]]


def test_the_carriers_receipt_is_every_tickets(pumped: Office, ear: Ear) -> None:
    storm(pumped.place)

    until(lambda: pumped.place.states() == ["delivered"] * STORM, seconds=20)

    assert ear.failures == []


def test_a_list_that_does_not_arrive_moves_every_ladder_on(
    pumped: Office, ear: Ear
) -> None:
    pumped.bench.fault("undelivered", channel="sms", code=30006)

    storm(pumped.place)

    until(lambda: len(ear.failures) == STORM, seconds=20)
    assert set(ear.failures) == {("Ana Ruiz", "30006")}
    until(lambda: set(pumped.place.states()) == {"undelivered"})


def test_stop_to_a_list_moves_every_ladder_on(pumped: Office, ear: Ear) -> None:
    storm(pumped.place)
    until(lambda: len(listed(pumped)) == STORM, seconds=20)

    pumped.ana.text(RIVERTON_LINE, "STOP")

    until(lambda: len(ear.failures) == STORM, seconds=20)
    assert {why for _, why in ear.failures} <= {"opted_out", "21610"}


def test_a_list_that_the_carrier_took_without_saying_so_is_adopted_for_all(
    pumped: Office, ear: Ear
) -> None:
    pumped.bench.fault("drop_connection", channel="sms", count=1)

    storm(pumped.place, tickets=10)

    until(lambda: pumped.place.states() == ["delivered"] * 10, seconds=20)
    assert pumped.accepted() == 1


def test_a_phone_without_a_code_left_gets_four_digits_that_mean_its_ticket(
    rivertown: Place, ear: Ear
) -> None:
    """Two inspectors' phones did run out in a replay; no text went without a code."""
    busy = [code for code in candidates() if len(code) < 4]
    group = rivertown.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as db:
        [message] = db.session.scalars(db.rows(Notification))
        for code in busy:
            db.add(_given(code, group, message.id))

    [parcel] = claim_due(rivertown.database, REHEARSAL, lane=1, room=1, at=NIGHT)
    wanted = rivertown.promise(relay(key="run/2/ana", subject_id=UUID(int=7)))
    [second] = claim_due(rivertown.database, REHEARSAL, lane=1, room=1, at=NIGHT)
    fresh = of_group(rivertown, wanted)
    incoming = notify.IncomingText(
        ours=RIVERTON_LINE, theirs=ANA, body=fresh.code or ""
    )
    with town(rivertown.database, rivertown.tenant_id) as db:
        said = notify.hear(db, incoming, at=after(1))

    assert len(fresh.code or "") == 4
    assert f"Reply {fresh.code} to take it" in second.body
    assert said == f"accept: {fresh.code}"
    assert of_group(rivertown, wanted).state == "answered"
    assert parcel.body != second.body


def _given(code: str, group: UUID, notification_id: UUID) -> ReplyCode:
    return ReplyCode(
        ours=RIVERTON_LINE,
        theirs=ANA,
        code=code,
        fence_id=group,
        notification_id=notification_id,
        given_at=NIGHT - RESTS,
        retired_at=None,
    )


@pytest.mark.parametrize("tickets", [4, 11])
def test_a_letter_lists_them_too(pumped: Office, tickets: int) -> None:
    """Fifty to a letter, each with a link of its own."""
    now = utc_now()
    address = "ana.ruiz@riverton.example"
    with town(pumped.place.database, pumped.place.tenant_id) as db:
        for number in range(tickets):
            group = new_id()
            notify.open_fence(db, group)
            known = {"key": f"{number}/mail", "channel": "email", "due_at": now}
            letter = relay(level=3, group=group, destination=address, **known)
            notify.promise(db, letter, at=now)

    received = pumped.bench.mailbox(address).wait_for_letter("tickets")

    assert received.text.count("/r/RIV/") == tickets
