"""Two who act at the same moment, on the real database; and a run that is broken."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import update

import escalation
from escalation.models import RunRow
from tests.escalation.conftest import burst_pipe, main_break
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import promised, standing, timeline
from tickets import Ticket
from townline.db import Database
from townline.tenancy import TenantSession, town


def at_once(*acts: Callable[[], str]) -> list[str]:
    """Everybody waits for the last one to be ready."""
    together = Barrier(len(acts))

    def act(what: Callable[[], str]) -> str:
        together.wait(timeout=10)
        return what()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))


def accepting(
    database: Database, tenant_id: UUID, run_id: UUID, contact: str
) -> Callable[[], str]:
    def accept() -> str:
        with town(database, tenant_id) as db:
            return escalation.accept(
                db, run_id, contact=contact, via="sms", at=minutes(5)
            )

    return accept


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_accept_at_once_one_has_it(
    riverton: TenantSession, ticket: Ticket, database: Database, attempt: int
) -> None:
    run_id = standing(riverton, ticket.id).run_id
    riverton.session.commit()

    said = at_once(
        accepting(database, riverton.tenant_id, run_id, "ana-ruiz"),
        accepting(database, riverton.tenant_id, run_id, "dan-ortiz"),
    )

    assert len([each for each in said if each.startswith("You have it: ")]) == 1
    assert len([each for each in said if each.startswith("Already taken by ")]) == 1
    assert len(standing(riverton, ticket.id).holders) == 1


def test_a_message_answered_twice_at_once_is_taken_once(
    riverton: TenantSession, ticket: Ticket, database: Database
) -> None:
    run_id = standing(riverton, ticket.id).run_id
    riverton.session.commit()
    accept = accepting(database, riverton.tenant_id, run_id, "ana-ruiz")

    said = at_once(accept, accept)

    assert sorted(each.split(":")[0] for each in said) == [
        "You have it",
        "You have it already",
    ]
    assert timeline(riverton, ticket.id).count("accepted") == 1


@pytest.mark.parametrize("attempt", range(3))
def test_an_answer_and_the_clock_cannot_both_move_a_ladder(
    riverton: TenantSession,
    ticket: Ticket,
    database: Database,
    engine_database: Database,
    attempt: int,
) -> None:
    """I2: whichever comes first, nothing is promised after the acceptance."""
    run_id = standing(riverton, ticket.id).run_id
    riverton.session.commit()

    at_once(
        accepting(database, riverton.tenant_id, run_id, "dan-ortiz"),
        lambda: str(escalation.tick(engine_database, at=minutes(5))),
    )

    assert standing(riverton, ticket.id).state == "accepted"
    assert promised(riverton) == []
    assert timeline(riverton, ticket.id)[-1] in {"accepted", "cancelled"}


def test_two_workers_climb_a_ladder_once(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    def look() -> str:
        return str(escalation.tick(engine_database, at=minutes(5)))

    at_once(look, look)

    assert timeline(riverton, ticket.id).count("step_started") == 2


def test_a_run_that_somebody_is_deciding_about_is_left_for_the_next_look(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    run_id = standing(riverton, ticket.id).run_id
    riverton.get(RunRow, run_id, lock=True)

    while_locked = escalation.tick(engine_database, at=minutes(5))
    riverton.session.commit()
    after = escalation.tick(engine_database, at=minutes(5))

    assert (while_locked, after) == (0, 1)


def test_a_broken_run_does_not_hold_up_the_others(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    broken = _with_a_policy_that_never_was(riverton)
    riverton.session.commit()

    with pytest.raises(StopIteration):
        escalation.tick(engine_database, at=minutes(5))

    assert timeline(riverton, ticket.id)[-1] == "step_started"
    assert timeline(riverton, broken.id)[-1] == "step_started"
    assert (5, "Ana Ruiz", "sms") in promised(riverton)


def _with_a_policy_that_never_was(db: TenantSession) -> Ticket:
    ticket = main_break(db)
    run = escalation.start(db, ticket, at=NIGHT)
    db.session.execute(
        update(RunRow)
        .where(RunRow.tenant_id == db.tenant_id, RunRow.id == run.id)
        .values(policy="never-was")
    )
    return ticket


def test_one_towns_broken_run_does_not_hold_up_another_town(
    riverton: TenantSession,
    sainte_aurore: TenantSession,
    engine_database: Database,
) -> None:
    """I19, and the storm of one town that another must not feel."""
    _with_a_policy_that_never_was(riverton)
    riverton.session.commit()
    theirs = burst_pipe(sainte_aurore)
    escalation.start(sainte_aurore, theirs, at=NIGHT)
    sainte_aurore.session.commit()

    with pytest.raises(StopIteration):
        escalation.tick(engine_database, at=minutes(60))

    assert timeline(sainte_aurore, theirs.id).count("step_started") == 2
