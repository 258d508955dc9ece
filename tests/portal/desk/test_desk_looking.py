"""An agent who is shown who a resident is, is kept with the town; the queue is none."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.portal.desk.cast import HELEN, Agent, ring
from townline import looks
from townline.tenancy import TenantSession


def test_opening_a_ticket_or_a_call_is_a_look_and_reading_the_queue_is_none(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    call = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.get("/desk")

    maya.get(f"/desk/tickets/riverton/{reported}")
    maya.clock.at += timedelta(seconds=21)
    maya.send(f"/desk/calls/riverton/{call}/claim")
    maya.get(f"/desk/calls/riverton/{call}")
    maya.get(f"/desk/calls/riverton/{call}/history", phone=HELEN)

    riverton.session.rollback()
    seen = looks.looks(riverton, before=maya.clock.at + timedelta(1), limit=9)
    assert {str(each.actor) for each in seen} == {"agent Maya Okafor"}
    found = [(each.subject, each.subject_id) for each in seen]
    assert sorted(found) == [("call", call), ("call", call), ("ticket", reported)]
