"""More than the carrier takes: held in turn, seen to wait, and none of it dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from notify import Message, sending
from notify.channels import Parcel
from notify.message import COMMON_LANE, EMERGENCY_LANE
from notify.models import Notification
from notify.rules.throttles import Rates
from notify.sending import REHEARSAL
from notify.service import claims
from tests.notify.cast import NIGHT, TICKET, Ear, Place, after, relay
from townline.tenancy import town

# Five texts a second and sender, of which four are for common messages.
DESK = replace(REHEARSAL, rates=Rates(sender=5.0))


def to_somebody(number: int, **changes: Any) -> Message:  # noqa: ANN401 - any field of it
    """A routine text to somebody of their own about a ticket of its own."""
    known: dict[str, Any] = {
        "key": f"run/{number}",
        "level": 4,
        "destination": f"+1312555{number:04}",
        "subject_id": UUID(int=number + 1),
        "due_at": after(0),
    }
    return relay(**known | changes)


def claim(
    place: Place, *, seconds: float = 0, lane: int = COMMON_LANE, room: int = 64
) -> list[Parcel]:
    at = after(seconds)
    return sending.claim_due(place.database, DESK, lane=lane, room=room, at=at)


def waiting(place: Place) -> list[Notification]:
    with town(place.database, place.tenant_id) as db:
        held = db.rows(Notification).where(Notification.state == "held")
        return list(db.session.scalars(held.order_by(Notification.due_at)))


def test_what_is_too_fast_for_the_sender_is_held_in_turn_and_all_of_it_goes(
    rivertown: Place,
) -> None:
    """I18."""
    rivertown.promise(*(to_somebody(n) for n in range(60)))

    first = claim(rivertown)
    appointments = [
        (each.due_at - NIGHT).total_seconds() for each in waiting(rivertown)
    ]
    gone = [len(claim(rivertown, seconds=second)) for second in range(1, 12)]

    assert len(first) == 20
    assert appointments == [0.25 * number for number in range(1, 41)]
    assert sum(gone) == 40
    assert max(gone) <= 5
    assert waiting(rivertown) == []


def test_each_page_says_once_that_it_waits_its_turn(rivertown: Place) -> None:
    rivertown.promise(
        *(to_somebody(n) for n in range(20)), to_somebody(20, subject_id=TICKET)
    )

    for second in range(4):
        claim(rivertown, seconds=second)

    assert rivertown.log() == ["relay.held", "relay.attempted"]


def test_what_is_urgent_overtakes_what_is_held(rivertown: Place) -> None:
    rivertown.promise(*(to_somebody(n) for n in range(60)))
    claim(rivertown)
    rivertown.promise(to_somebody(99, level=2, due_at=after(0.1)))

    claim(rivertown, seconds=0.1)
    gone = claim(rivertown, seconds=0.4)

    assert [each.theirs for each in gone] == ["+13125550099"]


def test_an_emergency_is_in_nobodys_line(rivertown: Place) -> None:
    rivertown.promise(*(to_somebody(n) for n in range(60)))
    claim(rivertown)
    rivertown.promise(*(to_somebody(n, level=1) for n in range(60, 70)))

    assert len(claim(rivertown, lane=EMERGENCY_LANE)) == 10


def test_an_emergency_waits_for_no_bucket_that_common_messages_hold(
    rivertown: Place,
) -> None:
    """Its claim commits while another worker's is still open."""
    rivertown.promise(to_somebody(1), to_somebody(2, level=1))
    with town(rivertown.database, rivertown.tenant_id) as db:
        claims.claim(db, DESK, lane=COMMON_LANE, limit=9, at=NIGHT)
        db.session.flush()

        claimed = claim(rivertown, lane=EMERGENCY_LANE)

    assert len(claimed) == 1


def test_two_workers_together_are_no_faster_than_one(rivertown: Place) -> None:
    """The tokens are PostgreSQL's."""
    rivertown.promise(*(to_somebody(n) for n in range(30)))

    gone = [len(claim(rivertown, room=15)) for _ in range(2)]

    assert gone == [15, 5]


def test_an_account_is_divided_among_the_towns_that_have_something_to_say(
    rivertown: Place, aurore: Place
) -> None:
    desk = replace(REHEARSAL, rates=Rates(calls=10.0))
    calls: dict[str, Any] = {"channel": "voice", "code": False}
    for place in (rivertown, aurore):
        place.promise(*(to_somebody(n, **calls) for n in range(30)))

    claimed = sending.claim_due(
        rivertown.database, desk, lane=COMMON_LANE, room=60, at=NIGHT
    )

    # Eight a second are common; five seconds' worth may go at once, half to each.
    assert len(claimed) == 40
    assert len({each.tenant_id for each in claimed}) == 2
    prefixes = [each.prefix for each in claimed]
    assert prefixes.count("RIV") == prefixes.count("SAU") == 20


def test_what_quiet_hours_hold_goes_when_they_are_over(rivertown: Place) -> None:
    """I17."""
    rivertown.promise(
        to_somebody(1, held_for="quiet", due_at=after(3600), subject_id=TICKET)
    )
    before = rivertown.states()

    gone = [len(claim(rivertown, seconds=seconds)) for seconds in (0, 3599, 3600)]

    assert before == ["held"]
    assert gone == [0, 0, 1]


def test_what_quiet_hours_hold_is_cancelled_where_everybody_sees_it(
    rivertown: Place, ear: Ear
) -> None:
    """I17."""
    group = rivertown.promise(
        to_somebody(1, held_for="quiet", due_at=after(3600), subject_id=TICKET)
    )

    rivertown.accept(group, at=after(60))

    assert claim(rivertown, seconds=3600) == []
    assert rivertown.states() == ["cancelled"]
    assert rivertown.log() == ["relay.cancelled"]


def test_nobody_is_rung_by_two_common_calls_at_once(rivertown: Place) -> None:
    calls: dict[str, Any] = {"channel": "voice", "destination": "+13125550161"}
    for number in range(3):
        rivertown.promise(to_somebody(number, **calls))

    gone = [len(claim(rivertown, seconds=seconds)) for seconds in (0, 1, 30, 60)]

    assert gone == [1, 0, 1, 1]
