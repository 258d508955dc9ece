"""A level that is judged anew: who may do it, what is logged, and who still has it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

import escalation
import tickets
from escalation import MayNotChangeLevel
from escalation.rules import Run, Started
from escalation.rules.authority import may_change_level
from escalation.rules.forecast import Rehearsal
from tests.escalation.conftest import MAYA, main_break
from tests.escalation.ladders import (
    NIGHT,
    PEOPLE,
    RIVERTON,
    RUN,
    ladder,
    minutes,
    names,
    step,
)
from tests.escalation.relays import standing, timeline
from tests.tenants.published import Publish, publish
from tickets import AlreadyClosed, LevelReasonNeeded, NotALevel, Ticket
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound, Problem
from townline.tenancy import TenantSession, town

__all__ = ["publish"]

WHY = "A child lives in the flooded basement."


def person(tenant_id: UUID, role: str, name: str = "Maya Okafor") -> Person:
    return Person(uuid4(), name, "maya@example.org", "en", None, {tenant_id: role})


@pytest.mark.parametrize(
    ("role", "was", "level", "may"),
    [
        pytest.param("agent", 3, 1, True, id="an agent raises"),
        pytest.param("agent", 1, 3, False, id="an agent does not lower"),
        pytest.param("agent", 2, 2, True, id="the same again is no lowering"),
        pytest.param("supervisor", 1, 3, True, id="a supervisor lowers"),
        pytest.param("manager", 1, 3, True, id="the town's manager lowers"),
        pytest.param("dispatcher", 3, 1, False, id="the town's staff read"),
        pytest.param("", 3, 1, False, id="nobody in particular"),
    ],
)
def test_who_may_judge_a_level_anew(
    role: str,
    was: int,
    level: int,
    may: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert may_change_level(role, was=was, level=level) is may


def test_an_agent_raises_a_level_with_a_reason(
    riverton: TenantSession, ticket: Ticket
) -> None:
    lowered(riverton, ticket, 3)
    maya = person(riverton.tenant_id, "agent")

    escalation.change_level(riverton, ticket.id, 1, reason=WHY, by=maya, at=minutes(2))

    assert tickets.get(riverton, ticket.id).level == 1
    assert standing(riverton, ticket.id).level == 1
    entry = last_change(riverton, ticket)
    assert (entry.actor, entry.told()) == (
        "agent Maya Okafor",
        {"was": 3, "level": 1, "reason": WHY},
    )


@pytest.mark.parametrize("role", ["agent", "dispatcher"])
def test_who_may_not_lower_a_level_changes_nothing(
    riverton: TenantSession, ticket: Ticket, role: str
) -> None:
    by = person(riverton.tenant_id, role)

    with pytest.raises(MayNotChangeLevel):
        escalation.change_level(
            riverton, ticket.id, 3, reason=WHY, by=by, at=minutes(1)
        )

    assert tickets.get(riverton, ticket.id).level == 1
    assert timeline(riverton, ticket.id) == ["started", "step_started"]


def test_a_level_that_was_raised_meanwhile_is_not_lowered_unseen(
    riverton: TenantSession, ticket: Ticket, database: Database
) -> None:
    lowered(riverton, ticket, 4)
    riverton.session.commit()
    maya = person(riverton.tenant_id, "agent")
    seen = tickets.get(riverton, ticket.id)
    with town(database, riverton.tenant_id) as other:
        ines = person(riverton.tenant_id, "supervisor", "Inès Roy")
        escalation.change_level(other, ticket.id, 1, reason=WHY, by=ines, at=minutes(3))

    with pytest.raises(MayNotChangeLevel):
        escalation.change_level(
            riverton, ticket.id, 2, reason=WHY, by=maya, at=minutes(4)
        )

    assert seen.level == 1


def test_a_town_that_lowers_a_level_is_named_as_the_town(
    riverton: TenantSession, ticket: Ticket
) -> None:
    priya = person(riverton.tenant_id, "manager", "Priya Nair")

    escalation.change_level(
        riverton, ticket.id, 3, reason="Only a hydrant", by=priya, at=minutes(1)
    )

    assert last_change(riverton, ticket).actor == "town Priya Nair"
    assert standing(riverton, ticket.id).policy != "water-night"


@pytest.mark.parametrize(
    ("level", "reason", "problem"),
    [
        pytest.param(1, " ", LevelReasonNeeded, id="no reason"),
        pytest.param(0, WHY, NotALevel, id="graver than the gravest"),
    ],
)
def test_a_change_without_sense_is_refused(
    riverton: TenantSession,
    ticket: Ticket,
    level: int,
    reason: str,
    problem: type[Problem],
) -> None:
    maya = person(riverton.tenant_id, "agent")

    with pytest.raises(problem):
        escalation.change_level(
            riverton, ticket.id, level, reason=reason, by=maya, at=minutes(1)
        )


def test_a_closed_tickets_level_stays(riverton: TenantSession, ticket: Ticket) -> None:
    tickets.close(
        riverton, ticket.id, reason="not_found", note="Dry.", by=MAYA, at=minutes(1)
    )
    maya = person(riverton.tenant_id, "supervisor")

    with pytest.raises(AlreadyClosed):
        escalation.change_level(
            riverton, ticket.id, 2, reason=WHY, by=maya, at=minutes(2)
        )


def test_the_same_level_again_is_not_logged(
    riverton: TenantSession, ticket: Ticket
) -> None:
    before = standing(riverton, ticket.id)
    maya = person(riverton.tenant_id, "agent")

    run = escalation.change_level(
        riverton, ticket.id, 1, reason=WHY, by=maya, at=minutes(1)
    )

    assert run.id == before.run_id
    assert timeline(riverton, ticket.id) == ["started", "step_started"]


def test_a_tenant_cannot_change_anothers_level(
    sainte_aurore: TenantSession, riverton: TenantSession, ticket: Ticket
) -> None:
    """I19: neither through the other town's session, nor without a role there."""
    theirs = person(sainte_aurore.tenant_id, "supervisor")

    for db in (sainte_aurore, riverton):
        with pytest.raises(NotFound):
            escalation.change_level(
                db, ticket.id, 2, reason=WHY, by=theirs, at=minutes(1)
            )

    assert tickets.get(riverton, ticket.id).level == 1


@pytest.mark.parametrize(
    ("keeps", "state", "asked"),
    [
        pytest.param(True, "accepted", [], id="who has it keeps it"),
        pytest.param(False, "running", ["ana-ruiz"], id="or is asked again"),
    ],
)
def test_the_new_policy_says_who_keeps_it(
    keeps: bool,  # noqa: FBT001 - a table's column
    state: str,
    asked: list[str],
) -> None:
    policy = ladder(step("ana-ruiz"), keep_acceptances=keeps, on_site_within=600)
    story = Rehearsal(policy, PEOPLE, Run.fresh(RUN, level=2, at=NIGHT))

    story.play(Started(("ana-ruiz",), frozenset({"on_the_way"})), at=NIGHT)

    assert (story.run.state, names(story)) == (state, asked)
    assert bool(story.run.reached) is keeps


def test_who_is_asked_again_is_on_record(
    riverton: TenantSession, publish: Publish
) -> None:
    policies = (replace(each, keep_acceptances=False) for each in RIVERTON.policies)
    publish(replace(RIVERTON, policies=tuple(policies)))
    ticket = main_break(riverton)
    run = escalation.start(riverton, ticket, at=NIGHT)
    escalation.accept(riverton, run.id, contact="ana-ruiz", via="sms", at=minutes(1))

    lowered(riverton, ticket, 2)

    riverton.session.commit()
    [_, started] = [
        each
        for each in proof.timeline(riverton, ticket.id)
        if each.event == "relay.started"
    ]
    assert started.told()["asked_again"] == ["ana-ruiz"]
    assert standing(riverton, ticket.id).state == "running"


def last_change(db: TenantSession, ticket: Ticket) -> proof.LogEntry:
    db.session.commit()
    entries = proof.timeline(db, ticket.id)
    return [each for each in entries if each.event == "ticket.level_changed"][-1]


def lowered(db: TenantSession, ticket: Ticket, level: int) -> None:
    boss = person(db.tenant_id, "supervisor", "Luc Roy")
    escalation.change_level(db, ticket.id, level, reason="Dry", by=boss, at=minutes(1))
