"""A worker that stops in the middle of a transaction holds up no other town."""

from __future__ import annotations

from sqlalchemy import text

from notify import sending
from notify.message import EMERGENCY_LANE
from notify.sending import REHEARSAL
from notify.service import limits
from notify.service.claims import claim
from tests.notify.cast import NIGHT, Place, relay
from townline.tenancy import town


def test_a_town_whose_claim_waits_too_long_costs_no_other_its_turn(
    rivertown: Place, aurore: Place
) -> None:
    """What is claimed of the others before it is handed over, not forgotten."""
    rivertown.promise(relay())
    aurore.promise(relay())
    with town(rivertown.database, rivertown.tenant_id) as stuck:
        claim(stuck, REHEARSAL, lane=EMERGENCY_LANE, limit=1, at=NIGHT)
        stuck.session.flush()
        # The same phone, and so the same next code, for another ticket.
        rivertown.promise(relay(key="run/2/ana"))

        claimed = sending.claim_due(
            rivertown.database, REHEARSAL, lane=EMERGENCY_LANE, room=9, at=NIGHT
        )
        stuck.session.rollback()

    assert [each.tenant_id for each in claimed] == [aurore.tenant_id]


def test_postgresql_ends_a_transaction_that_its_worker_has_left(
    rivertown: Place,
) -> None:
    with town(rivertown.database, rivertown.tenant_id) as db:
        limits.be_brisk(db)

        limit = db.session.scalar(
            text("select current_setting('idle_in_transaction_session_timeout')")
        )

    assert limit == limits.LASTS
