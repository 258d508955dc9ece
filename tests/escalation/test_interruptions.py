"""A relay that is overruled: another level, a pause, the ticket's closing."""

from __future__ import annotations

import escalation
from tests.escalation.ladders import minutes
from tests.escalation.relays import promised, standing, timeline
from tickets import Ticket
from townline.db import Database
from townline.tenancy import TenantSession


def test_another_level_starts_another_run_and_keeps_who_has_it(
    riverton: TenantSession, ticket: Ticket
) -> None:
    before = standing(riverton, ticket.id)
    escalation.accept(
        riverton, before.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )

    escalation.relevel(riverton, ticket, 2, at=minutes(2))

    after = standing(riverton, ticket.id)
    assert (after.level, after.policy, after.state) == (2, "water", "accepted")
    assert [holder.name for holder in after.holders] == ["Ana Ruiz"]
    assert "superseded" in timeline(riverton, ticket.id)


def test_an_answer_to_a_superseded_run_counts_for_the_one_that_replaced_it(
    riverton: TenantSession, ticket: Ticket
) -> None:
    before = standing(riverton, ticket.id)
    escalation.relevel(riverton, ticket, 2, at=minutes(1))

    escalation.accept(
        riverton, before.run_id, contact="dan-ortiz", via="sms", at=minutes(2)
    )

    assert standing(riverton, ticket.id).state == "accepted"


def test_the_same_level_changes_nothing(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = escalation.relevel(riverton, ticket, 1, at=minutes(1))

    assert run.id == standing(riverton, ticket.id).run_id
    assert timeline(riverton, ticket.id) == ["started", "step_started"]


def test_a_level_can_start_a_relay_that_had_ended(
    riverton: TenantSession, ticket: Ticket
) -> None:
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(1))

    escalation.relevel(riverton, ticket, 2, at=minutes(2))

    assert standing(riverton, ticket.id).state == "running"


def test_closing_ends_the_relay(riverton: TenantSession, ticket: Ticket) -> None:
    run = standing(riverton, ticket.id)
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(1))
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(2))

    said = escalation.accept(
        riverton, run.run_id, contact="dan-ortiz", via="sms", at=minutes(3)
    )

    assert said == f"{ticket.tracking} is closed. Nothing is asked of you."
    assert promised(riverton) == []
    assert timeline(riverton, ticket.id).count("closed") == 1


def test_a_pause_holds_everything_until_its_end(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    run = standing(riverton, ticket.id)
    escalation.pause(riverton, run.run_id, until=minutes(30), at=minutes(1))
    riverton.session.commit()

    escalation.tick(engine_database, at=minutes(29))
    held = promised(riverton)
    escalation.tick(engine_database, at=minutes(30))

    assert held == []
    assert (30, "Dan Ortiz", "sms") in promised(riverton)


def test_a_pause_can_be_ended(riverton: TenantSession, ticket: Ticket) -> None:
    run = standing(riverton, ticket.id)
    escalation.pause(riverton, run.run_id, until=minutes(30), at=minutes(1))

    escalation.resume(riverton, run.run_id, at=minutes(2))

    assert (2, "Dan Ortiz", "sms") in promised(riverton)
