"""A relay seen from a board, and from a town that it does not belong to."""

from __future__ import annotations

from uuid import uuid4

import pytest

import escalation
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import standing
from tickets import Ticket
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession, board


def test_the_board_shows_what_nobody_has_taken(
    riverton: TenantSession, ticket: Ticket, database: Database
) -> None:
    with board(database, [riverton.tenant_id]) as session:
        [waiting] = escalation.running(session)

    assert waiting.ticket_id == ticket.id
    assert waiting.next_at == minutes(5)
    assert escalation.counts(riverton) == {"running": 1}


def test_a_board_of_another_town_does_not(
    sainte_aurore: TenantSession, ticket: Ticket, database: Database
) -> None:
    with board(database, [sainte_aurore.tenant_id]) as session:
        assert escalation.running(session) == []


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_another_town_cannot_answer(
    sainte_aurore: TenantSession, riverton: TenantSession, ticket: Ticket, verb: str
) -> None:
    run = standing(riverton, ticket.id)

    with pytest.raises(NotFound):
        getattr(escalation, verb)(
            sainte_aurore, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
        )

    assert escalation.state_of(sainte_aurore, ticket.id) is None
    assert escalation.happens_next(sainte_aurore, ticket.id, at=NIGHT) == ()


def test_another_town_cannot_touch_a_run(
    sainte_aurore: TenantSession, riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    with pytest.raises(NotFound):
        escalation.rung_failed(sainte_aurore, run.run_id, str(uuid4()), at=minutes(1))
    with pytest.raises(NotFound):
        escalation.pause(sainte_aurore, run.run_id, until=minutes(9), at=minutes(1))
    with pytest.raises(NotFound):
        escalation.resume(sainte_aurore, run.run_id, at=minutes(1))
    escalation.close(sainte_aurore, ticket.id, reason="done", at=minutes(1))

    assert standing(riverton, ticket.id).state == "running"
