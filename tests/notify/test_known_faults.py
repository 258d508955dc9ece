"""Faults that others' tools have had: each story here notices one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import delete

import notify
from notify import pump, sending
from notify.channels import Carriers, DeliveryFailed, Parcel
from notify.channels.recording import RecordingCarrier
from notify.message import COMMON_LANE, EMERGENCY_LANE
from notify.models import Fence
from notify.sending import REHEARSAL
from notify.service import events, rounds
from notify.service.claims import claim
from notify.service.events import Report
from notify.service.hearing import IncomingText, hear
from notify.service.outcomes import Outcome
from notify.ways import PhoneLine
from tests.notify.cast import ANA, NIGHT, RIVERTON_LINE, Ear, Place, after, relay
from tests.notify.office import SAINTE_AURORE_LINE, WAIT_SECONDS, Office
from townline.clock import utc_now
from townline.tenancy import town


@pytest.fixture
def texted(rivertown: Place, carrier: RecordingCarrier, ear: Ear) -> Parcel:
    """Ana has a text, and the carrier has given its number."""
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    [parcel] = carrier.sent
    return parcel


def test_an_undelivered_text_moves_the_ladder_on(
    rivertown: Place, texted: Parcel, ear: Ear
) -> None:
    told(rivertown, texted, "sent")
    told(rivertown, texted, "undelivered", ErrorCode="30006")

    assert rivertown.states() == ["undelivered"]
    assert ear.failures == [("Ana Ruiz", "30006")]


def test_a_receipt_that_comes_late_takes_nothing_back(
    rivertown: Place, texted: Parcel, ear: Ear
) -> None:
    for status in ("delivered", "sent", "queued"):
        told(rivertown, texted, status)

    [attempt] = rivertown.attempts()
    assert attempt.status == "delivered"
    assert rivertown.states() == ["delivered"]


def test_a_receipt_that_is_faster_than_our_own_commit_is_joined(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    rivertown.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as db:
        [parcel] = claim(db, REHEARSAL, lane=EMERGENCY_LANE, limit=9, at=NIGHT)
        db.session.flush()
        told(rivertown, parcel, "delivered")
        # Nothing else may be what the town is looked after for.
        db.session.execute(delete(PhoneLine))
    sending.write_down(rivertown.database, [Outcome(parcel, "SM1")], at=after(1))

    notify.send_due(rivertown.database, carrier.everywhere(), at=after(21))

    assert rivertown.states() == ["delivered"]


def test_nothing_is_sent_behind_a_closed_fence_whatever_its_epoch(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    group = rivertown.promise(relay(due_at=after(60)))
    rivertown.accept(group, at=after(1))
    with town(rivertown.database, rivertown.tenant_id) as db:
        epoch = db.get(Fence, group).epoch
        notify.promise(db, relay(key="late", group=group, epoch=epoch), at=after(2))

    notify.send_due(rivertown.database, carrier.everywhere(), at=after(2))

    assert carrier.sent == []
    assert rivertown.states() == ["cancelled", "cancelled"]


def test_a_late_look_does_not_settle_a_newer_doubt(
    rivertown: Place, carrier: RecordingCarrier
) -> None:
    """It looked for the first try; by now it is the second that is in doubt."""
    rivertown.promise(relay(level=3))
    carrier.refusals = [DeliveryFailed("ambiguous", "TimeoutError") for _ in range(2)]
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    with town(rivertown.database, rivertown.tenant_id) as db:
        [first] = rounds.ambiguous(db, at=after(3))
    notify.send_due(rivertown.database, carrier.everywhere(), at=after(18))
    assert len(rivertown.attempts()) == 2

    with town(rivertown.database, rivertown.tenant_id) as db:
        rounds.reconcile(db, first, [], at=after(40))

    assert rivertown.states() == ["ambiguous"]


def test_a_late_reply_never_accepts_the_next_ticket(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    group = rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    rivertown.accept(group, by="Dan Ortiz", at=after(120))
    with town(rivertown.database, rivertown.tenant_id) as db:
        notify.retire_codes(db, group, at=after(3600))
    rivertown.promise(relay(key="run/2/0/ana/sms", due_at=after(7200)))
    notify.send_due(rivertown.database, carrier.everywhere(), at=after(7200))

    said = write(rivertown, "41 ok", to=RIVERTON_LINE)

    assert said == "41 was already taken by Dan Ortiz at 02:14."
    assert ear.answers == []


def test_a_code_of_one_town_means_nothing_to_another(
    rivertown: Place, aurore: Place, texted: Parcel, ear: Ear
) -> None:
    assert "Reply 41 " in texted.body

    said = write(aurore, "41 ok", to=SAINTE_AURORE_LINE)

    assert "41" in said
    assert ear.answers == []
    assert rivertown.states() == ["accepted"]


def test_a_flood_at_a_slow_carrier_does_not_delay_another_towns_emergency(
    office: Office, aurore: Place, carrier: RecordingCarrier
) -> None:
    """I20, in order instead of seconds: the flood never moves, the emergency goes."""
    letters = SlowCarrier()
    common = pump.ROOM[COMMON_LANE]
    office.promise(*(letter(number) for number in range(common + 12)))
    stopping = asyncio.Event()

    async def work() -> None:
        pumping = asyncio.create_task(run(office, stopping, carrier, letters))
        await until_there_are(letters.waiting, common)
        await asyncio.to_thread(aurore.promise, relay(due_at=utc_now()))
        try:
            await until_there_are(carrier.sent, 1)
        finally:
            stopping.set()
            letters.released.set()
            await pumping

    asyncio.run(work())

    assert [parcel.prefix for parcel in carrier.sent] == ["SAU"]


@dataclass(slots=True)
class SlowCarrier(RecordingCarrier):
    """Takes nothing before it is released."""

    released: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: list[Parcel] = field(default_factory=list)

    async def deliver(self, parcel: Parcel) -> str:
        self.waiting.append(parcel)
        await self.released.wait()
        return f"slow-{len(self.waiting)}"


def letter(number: int) -> notify.Message:
    return relay(
        key=f"flood-{number}",
        channel="email",
        destination=f"resident-{number}@riverton.example",
        level=3,
        code=False,
    )


async def run(
    office: Office,
    stopping: asyncio.Event,
    texts: RecordingCarrier,
    letters: SlowCarrier,
) -> None:
    @asynccontextmanager
    async def carriers() -> AsyncIterator[Carriers]:
        yield {**texts.everywhere(), "email": letters}

    await pump.run(
        office.place.database,
        office.settings,
        clock=utc_now,
        stopping=stopping,
        carriers=carriers(),
    )


async def until_there_are(parcels: list[Parcel], number: int) -> None:
    """The flood is stuck: what does not go before it does not go at all."""
    async with asyncio.timeout(WAIT_SECONDS):
        while len(parcels) < number:
            await asyncio.sleep(0.01)


def told(place: Place, parcel: Parcel, status: str, **fields: str) -> None:
    """A receipt of the carrier's, as its callback brings it."""
    report = Report(
        source="text_status",
        key=f"{parcel.attempt_id}:{status}",
        attempt_id=parcel.attempt_id,
        payload={"MessageStatus": status, "MessageSid": "SM1", **fields},
    )
    with town(place.database, place.tenant_id) as db:
        events.receive(db, report, at=after(20))


def write(place: Place, body: str, *, to: str) -> str:
    """Ana's text, two and a half hours into the night."""
    incoming = IncomingText(ours=to, theirs=ANA, body=body)
    with town(place.database, place.tenant_id) as db:
        return hear(db, incoming, at=after(9000))
