"""Reports of one telephone come at once, and wait for each other in one order."""

from __future__ import annotations

from threading import Thread

from sqlalchemy import text

from calls import Call
from calls.legs import reports
from calls.legs import service as legs
from calls.legs.turns import RoomTurn
from notify.carrier import BenchPhone
from tests.calls.talks import WATER, OnTheLine
from townline.tenancy import town

WAITS = text(
    "select exists(select from pg_stat_activity"
    " where wait_event_type = 'Lock' and datname = current_database())"
)
OVER = RoomTurn(call_sid="CA1", call_status="completed", dial_status="completed")


def test_two_reports_of_one_leg_make_no_circle(
    talk: OnTheLine, dan: BenchPhone
) -> None:
    leg = talk.bring(WATER, dan, "warm")
    ended: list[str] = []

    def passed() -> None:
        with town(talk.database, talk.hand.tenant_id) as second:
            ended.append(
                reports.passed(second, leg.id, OVER, public_url="", at=talk.hand.at)
            )

    other = Thread(target=passed)
    with town(talk.database, talk.hand.tenant_id) as first:
        first.get(Call, talk.call.id, lock=True)
        other.start()
        while not _somebody_waits(talk):
            continue
        legs.joined(first, leg.id, leg.sid or "", at=talk.hand.at)
    other.join()

    assert len(ended) == 1


def _somebody_waits(talk: OnTheLine) -> bool:
    with talk.database.everybody() as session:
        return bool(session.scalar(WAITS))
