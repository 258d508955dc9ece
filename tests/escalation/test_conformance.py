"""Every finished run is decided anew from its recorded events; what differs alarms."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

import escalation
from escalation import conformance
from escalation.conformance import Replayed, RunEvent
from tests.escalation.ladders import minutes
from tests.escalation.relays import standing
from tickets import Ticket
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession


def lived_through(db: TenantSession, ticket: Ticket, workers: Database) -> None:
    """Nobody, then a refusal, then somebody who never comes; closed in the end."""
    for minute in (5, 10):
        escalation.tick(workers, at=minutes(minute))
    run = standing(db, ticket.id).run_id
    escalation.decline(db, run, contact="ana-ruiz", via="sms", at=minutes(11))
    escalation.accept(db, run, contact="walter-greene", via="voice", at=minutes(12))
    db.session.commit()
    escalation.tick(workers, at=minutes(27))
    escalation.accept(db, run, contact="dan-ortiz", via="sms", at=minutes(28))
    escalation.relevel(db, ticket, 2, at=minutes(29))
    escalation.moved(db, ticket.id, "on_site", at=minutes(40))
    escalation.close(db, ticket.id, reason="done", at=minutes(50))
    db.session.commit()


def found(db: TenantSession) -> list[str]:
    db.session.expire_all()
    rows = db.session.scalars(db.rows(Replayed).order_by(Replayed.run_id))
    return [each.deviation for each in rows]


@pytest.fixture
def finished(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> Ticket:
    lived_through(riverton, ticket, engine_database)
    return ticket


def test_every_finished_run_is_what_its_events_make_of_it(
    riverton: TenantSession, finished: Ticket
) -> None:
    """I22, backwards: a run and the run that superseded it."""
    assert conformance.conform(riverton, at=minutes(60)) == 2
    riverton.session.commit()

    assert found(riverton) == ["", ""]
    assert conformance.deviations(riverton.session) == 0


def test_a_finished_run_is_replayed_once(
    riverton: TenantSession, finished: Ticket
) -> None:
    conformance.conform(riverton, at=minutes(60))

    assert conformance.conform(riverton, at=minutes(61)) == 0


def test_a_run_that_goes_on_is_not_replayed_yet(
    riverton: TenantSession, ticket: Ticket
) -> None:
    assert conformance.conform(riverton, at=minutes(60)) == 0
    run = standing(riverton, ticket.id).run_id
    assert conformance.replay(riverton, run) == ()


@pytest.mark.parametrize(
    ("corruption", "said"),
    [
        pytest.param(
            "update run set holders = '[]'", "holders is", id="who had it was changed"
        ),
        pytest.param("update run set round = 7", "place is", id="the ladder was moved"),
        pytest.param(
            "delete from log_entry where event = 'relay.declined'",
            "of its log is",
            id="a line of the log is gone",
        ),
        pytest.param(
            "delete from run_event where kind = 'Declined'",
            "event 4 is missing",
            id="an event is gone",
        ),
        pytest.param(
            "update run_event set at = at + interval '1 second'"
            " where kind = 'TimerFired'",
            "step_started_at is",
            id="an event was moved",
        ),
    ],
)
def test_what_was_tampered_with_is_caught(
    riverton: TenantSession,
    finished: Ticket,
    sweeper: Engine,
    corruption: str,
    said: str,
) -> None:
    with sweeper.begin() as connection:
        # Past the triggers that refuse exactly this to everybody else.
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(corruption))
    riverton.session.expire_all()

    conformance.conform(riverton, at=minutes(60))
    riverton.session.commit()

    assert any(said in each for each in found(riverton)), found(riverton)
    assert conformance.deviations(riverton.session) > 0


def test_nobody_can_change_what_was_recorded(
    riverton: TenantSession, finished: Ticket
) -> None:
    with pytest.raises(Exception, match="denied"):
        riverton.session.execute(text("update run_event set seq = seq + 1"))


def test_shelbyville_sees_nothing(
    riverton: TenantSession, sainte_aurore: TenantSession, finished: Ticket
) -> None:
    run = standing(riverton, finished.id).run_id

    assert conformance.conform(sainte_aurore, at=minutes(60)) == 0
    assert not sainte_aurore.session.scalars(sainte_aurore.rows(RunEvent)).all()
    with pytest.raises(NotFound):
        conformance.replay(sainte_aurore, run)
