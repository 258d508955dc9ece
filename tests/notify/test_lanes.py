"""A lane claims ahead of what its carriers take, and never more than they take."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from notify.channels import Parcel
from notify.lanes import AHEAD_SECONDS, MOST_AHEAD, Lane, Pace
from notify.message import COMMON_LANE, EMERGENCY_LANE
from tests.notify.cast import ANA, NIGHT, RIVERTON_LINE
from townline.db import new_id

Send = Callable[[Parcel], Awaitable[None]]


@dataclass(slots=True)
class Watch:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("landed", "pause", "ahead"),
    [
        pytest.param(0, AHEAD_SECONDS, 0, id="nothing landed"),
        pytest.param(30, AHEAD_SECONDS / 2, 0, id="the stretch is not over"),
        pytest.param(30, AHEAD_SECONDS, 30, id="as many as in the last stretch"),
        pytest.param(30, AHEAD_SECONDS * 2, 0, id="that was a while ago"),
        pytest.param(9999, AHEAD_SECONDS, MOST_AHEAD, id="never more than this"),
    ],
)
def test_as_much_is_claimed_ahead_as_was_just_taken(
    landed: int, pause: float, ahead: int
) -> None:
    watch = Watch()
    pace = Pace(watch)
    for _ in range(landed):
        pace.landed()

    watch.now += pause

    assert pace.ahead() == ahead


def test_a_slow_carrier_gets_no_more_than_its_room() -> None:
    released = asyncio.Event()

    async def send(_: Parcel) -> None:
        await released.wait()

    async def work() -> tuple[int, int]:
        lane = opened(send, room=3)
        lane.take(text() for _ in range(5))
        await asyncio.sleep(0)
        full = lane.room
        released.set()
        await lane.empty()
        await lane.close()
        return full, lane.room

    assert asyncio.run(work()) == (3 - 5, 3)


def test_a_fault_in_one_sending_costs_the_lane_no_room() -> None:
    sent: list[Parcel] = []

    async def send(parcel: Parcel) -> None:
        if not sent:
            sent.append(parcel)
            raise LookupError(parcel.body)
        sent.append(parcel)

    async def work() -> int:
        lane = opened(send, room=1)
        lane.take([text(), text()])
        await lane.empty()
        await lane.close()
        return lane.room

    assert asyncio.run(work()) == 1
    assert len(sent) == 2


def test_the_towns_that_were_hinted_at_are_asked_once() -> None:
    lane = Lane(EMERGENCY_LANE, 1)
    town = new_id()

    for hint in (str(town), "", str(town)):
        lane.hear(hint)

    assert lane.hint.is_set()
    assert (lane.hinted(), lane.hinted()) == ({town}, set())


def test_what_landed_during_a_claim_asks_for_none_of_its_own() -> None:
    async def send(_: Parcel) -> None:
        await asyncio.Event().wait()

    async def work() -> tuple[bool, bool]:
        lane = opened(send, room=2)
        lane.hint.set()
        lane.take([text(), text()])
        landed = lane.hint.is_set()
        lane.hear("")
        lane.take([text()])
        await lane.close()
        return landed, lane.hint.is_set()

    assert asyncio.run(work()) == (False, True)


def opened(send: Send, *, room: int) -> Lane:
    lane = Lane(COMMON_LANE, room, clock=Watch())
    lane.open(send)
    return lane


def text() -> Parcel:
    return Parcel(
        tenant_id=new_id(),
        prefix="RIV",
        notification_id=new_id(),
        attempt_id=new_id(),
        lease=1,
        channel="sms",
        provider="twilio",
        ours=RIVERTON_LINE,
        theirs=ANA,
        body="RIV L3",
        token="bcdf",
        intended_at=NIGHT,
    )
