"""Each thing that must never be, done on purpose: its count turns red, alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.simulation.cast import RIVERTON, Clock, broken, planned, played
from townline.entrypoints.replay import Stage
from townline.tenancy import town

WITHOUT_TIMER = "live runs without a timer or an open notification"
UNACCEPTED = "accepted runs without a human acceptance"
AFTERWARDS = "messages sent after their run was accepted"
MEANWHILE = "messages sent by a run while it is accepted"
UNTOLD = "relays to crews that the log does not tell of"

FAULTS = {
    WITHOUT_TIMER: """
        update timer set state = 'void' where tenant_id = :town
        and run_id in (select id from run where tenant_id = :town
                       and state in ('running', 'exhausted'))
    """,
    UNACCEPTED: "delete from acceptance where tenant_id = :town",
    UNTOLD: """
        update attempt set id = gen_random_uuid() where tenant_id = :town
        and id = (select attempt.id from attempt
                  join notification n on n.tenant_id = :town and n.id = notification_id
                  where attempt.tenant_id = :town and attempt.channel = 'email'
                  and n.recipient_kind = 'contact' limit 1)
    """,
}
# After so many steps: the first relay is out, or some of the first have been accepted.
WHEN = {WITHOUT_TIMER: 2, UNACCEPTED: 45, UNTOLD: 45}
LATE = """
    update attempt set intended_at = intended_at + interval '400 days'
    where tenant_id = :town and notification_id in (
        select id from notification where tenant_id = :town and fence_id in (
            select id from run where tenant_id = :town and accepted_at is not null))
"""


def spoil(stage: Stage, fault: str) -> None:
    with town(stage.engine, stage.tenant_id) as db:
        db.session.execute(text(fault), {"town": stage.tenant_id})


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_counted(riverton_stage: Stage, weekend: Path, name: str) -> None:
    plan = planned(weekend, RIVERTON)
    played(riverton_stage, plan, stopping=Clock(WHEN[name]))
    assert set(broken(riverton_stage, plan.edition).values()) == {0}

    spoil(riverton_stage, FAULTS[name])

    found = broken(riverton_stage, plan.edition)
    assert [each for each, count in found.items() if count] == [name]


def test_a_message_after_acceptance_is_counted(
    riverton_stage: Stage, weekend: Path
) -> None:
    plan = planned(weekend, RIVERTON)
    played(riverton_stage, plan, stopping=Clock(45))

    spoil(riverton_stage, LATE)

    found = broken(riverton_stage, plan.edition)
    assert found[AFTERWARDS] > 0
    assert found[MEANWHILE] > 0
