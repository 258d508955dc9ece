"""An agent who is shown who a resident is, is kept with the town it is about."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

import calls
from calls.returning import CallBack
from tests.portal.desk.cast import HELEN, Agent, Hire, ring
from townline import looks
from townline.looks import SAME_LOOK, Seen
from townline.proof import Actor
from townline.tenancy import TenantSession

SECOND = timedelta(seconds=1)


def kept(db: TenantSession, agent: Agent) -> Counter[tuple[str, str, UUID]]:
    """By whom, of what kind and whom; all of them at the desk."""
    db.session.rollback()
    seen = looks.looks(db, before=agent.clock.at + timedelta(1), limit=99)
    assert {each.door for each in seen} <= {"desk"}
    return Counter((each.actor, each.subject, each.subject_id) for each in seen)


def test_opening_a_ticket_or_a_call_is_a_look_each_time(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    call = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()

    maya.get(f"/desk/tickets/riverton/{reported}")
    maya.clock.at += timedelta(seconds=21)
    maya.send(f"/desk/calls/riverton/{call}/claim")
    maya.get(f"/desk/calls/riverton/{call}")
    maya.get(f"/desk/calls/riverton/{call}/history", phone=HELEN)

    me = "agent Maya Okafor"
    found = kept(riverton, maya)
    assert found[me, "call", call] >= 2
    assert found[me, "ticket", reported] == 1


def test_a_queue_that_redraws_itself_is_one_look_of_whoever_sits_before_it(
    riverton: TenantSession, sainte_aurore: TenantSession, maya: Agent, louis: Agent
) -> None:
    """A withheld number tells of nobody."""
    first = ring(riverton, "CA1", at=maya.clock.at)
    ring(riverton, "CA2", at=maya.clock.at, caller="")
    there = ring(sainte_aurore, "CA3", at=maya.clock.at, language="fr")
    riverton.session.commit()
    sainte_aurore.session.commit()

    for part in ("", "/waiting", "/waiting", "/tasks", "/next"):
        maya.get(f"/desk{part}")
    later = ring(riverton, "CA4", at=maya.clock.at)
    riverton.session.commit()
    maya.get("/desk/waiting")
    louis.get("/desk")

    me, other = "agent Maya Okafor", "agent Louis Tremblay"
    assert kept(riverton, maya) == {
        (who, "call", call): 1 for who in (me, other) for call in (first, later)
    }
    assert kept(sainte_aurore, maya) == {
        (me, "call", there): 1,
        (other, "call", there): 1,
    }


def test_after_a_quarter_of_an_hour_it_is_another_look(
    riverton: TenantSession, maya: Agent
) -> None:
    call = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()

    maya.get("/desk")
    maya.clock.at += SAME_LOOK - SECOND
    maya.get("/desk")
    maya.clock.at += SECOND
    maya.get("/desk")

    assert kept(riverton, maya) == {("agent Maya Okafor", "call", call): 2}


def test_whom_to_call_back_is_kept_once_beside_the_queue_and_in_its_list(
    riverton: TenantSession, hire: Hire, towns: dict[str, UUID]
) -> None:
    agent = hire("Nora Lind", towns["riverton"])
    at = agent.clock.at - timedelta(minutes=10)
    ring(riverton, "CA1", at=at)
    calls.end(riverton, "CA1", at=at + timedelta(seconds=40))
    riverton.session.commit()

    for part in ("/callbacks", "/callbacks/list", "/tasks", ""):
        assert "(312) 555-0142" in agent.get(f"/desk{part}")

    owed = riverton.session.scalars(riverton.rows(CallBack)).one()
    assert kept(riverton, agent) == {("agent Nora Lind", "call_back", owed.id): 1}


def test_another_process_finds_what_this_one_has_kept(
    riverton: TenantSession, sainte_aurore: TenantSession, maya: Agent, reported: UUID
) -> None:
    by, at = Actor("agent", "Maya Okafor"), maya.clock.at
    several = [Seen("ticket", reported), Seen("ticket", reported)]

    for _ in range(2):
        looks.looked_at_each(riverton, several, door="desk", by=by, at=at)
    nobody = [Seen("ticket", reported, 0)]
    looks.looked_at_each(sainte_aurore, nobody, door="desk", by=by, at=at)
    riverton.session.commit()

    assert kept(riverton, maya) == {("agent Maya Okafor", "ticket", reported): 1}
    assert kept(sainte_aurore, maya) == {}
