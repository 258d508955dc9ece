"""Who will be told: said on the desk before saving, and on an open ticket."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec import structs

import escalation
from escalation import Line, Scenario
from tests.escalation.conftest import burst_pipe
from tests.escalation.ladders import NIGHT, RIVERTON, minutes
from tests.escalation.relays import standing
from tickets import Ticket
from townline import proof
from townline.db import Database
from townline.tenancy import TenantSession

MAIN_BREAK = RIVERTON.category("water-main-break")


def short(lines: tuple[Line, ...]) -> list[tuple[float, str, str, str]]:
    minute = timedelta(minutes=1)
    return [(one.after / minute, one.channel, one.name, one.why) for one in lines]


def test_the_desk_reads_who_will_be_told_before_saving() -> None:
    seen = escalation.preview(RIVERTON, MAIN_BREAK, 1, at=NIGHT)

    assert short(seen.lines) == [
        (0, "sms", "Dan Ortiz", "Water on call"),
        (0, "email", "Dan Ortiz", "Water on call"),
        (2, "voice", "Dan Ortiz", "if no answer"),
        (5, "sms", "Ana Ruiz", "Water and sewer foreman"),
        (5, "voice", "Ana Ruiz", "Water and sewer foreman"),
        (10, "sms", "Ana Ruiz", "Water and sewer foreman"),
        (10, "voice", "Ana Ruiz", "Water and sewer foreman"),
        (15, "voice", "Walter Greene", "Director of public works"),
        (15, "sms", "Walter Greene", "Director of public works"),
        (15, "voice", "Lamar Whitfield", "Public works on call"),
        (15, "sms", "Lamar Whitfield", "Public works on call"),
        (38, "voice", "Riverton duty desk", "last resort"),
        (38, "email", "Riverton duty desk", "last resort"),
    ]
    assert seen.policy == "Water emergencies at night"
    assert "while the town hall is closed" in seen.why


def test_a_routine_ticket_at_night_is_seen_to_wait_for_the_morning() -> None:
    seen = escalation.preview(RIVERTON, MAIN_BREAK, 4, at=NIGHT)

    assert seen.lines[0].at == minutes(348)
    assert seen.lines[0].why == "Water"


@pytest.mark.parametrize(
    ("at", "name"),
    [
        pytest.param(minutes(1), "Dan Ortiz", id="the rest of this step"),
        pytest.param(minutes(3), "Ana Ruiz", id="the next step"),
    ],
)
def test_what_happens_next_to_an_open_ticket(
    riverton: TenantSession, ticket: Ticket, at: datetime, name: str
) -> None:
    lines = escalation.happens_next(riverton, ticket.id, at=at)

    assert lines[0].name == name
    assert lines[-1].why == "last resort"


def test_what_was_foreseen_is_what_the_log_says(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    """I22."""
    foreseen = escalation.simulate(
        Scenario(town=RIVERTON, category=MAIN_BREAK, level=1, at=NIGHT)
    )

    for minute in range(1, 39):
        escalation.tick(engine_database, at=minutes(minute))

    happened = proof.timeline(riverton, ticket.id)
    assert [(one.at, one.event) for one in happened if "relay" in one.event] == [
        (line.at, line.event) for line in foreseen.lines if not line.channel
    ]


def test_what_happens_next_when_somebody_has_it_is_only_if_they_are_late(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)
    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )

    lines = escalation.happens_next(riverton, ticket.id, at=minutes(2))

    assert lines[0].at == minutes(16)


def test_what_happens_next_to_a_closed_ticket_is_nothing(
    riverton: TenantSession, ticket: Ticket
) -> None:
    escalation.close(riverton, ticket.id, reason="duplicate", at=minutes(1))

    assert escalation.happens_next(riverton, ticket.id, at=minutes(2)) == ()


def test_a_ticket_without_a_relay_stands_nowhere(
    sainte_aurore: TenantSession,
) -> None:
    ticket = burst_pipe(sainte_aurore)

    assert escalation.state_of(sainte_aurore, ticket.id) is None


def test_who_is_rung_by_hand_stands_in_the_ladders_order_each_once() -> None:
    people = escalation.by_hand(RIVERTON, MAIN_BREAK, 1, at=NIGHT)

    names = [each.name for each in people]
    assert len(set(names)) == len(names)
    assert [each.after for each in people] == sorted(each.after for each in people)
    assert all(each.number.startswith("+1") for each in people)
    told = {
        line.name
        for line in escalation.preview(RIVERTON, MAIN_BREAK, 1, at=NIGHT).lines
    }
    assert set(names) <= told


def test_what_quiet_hours_hold_says_until_when() -> None:
    seen = escalation.preview(RIVERTON, MAIN_BREAK, 4, at=NIGHT)

    assert any("Quiet hours" in remark.why for remark in seen.remarks)


def test_a_step_that_means_nobody_is_a_gap() -> None:
    away = structs.replace(
        RIVERTON,
        rosters=tuple(
            structs.replace(each, members=(), overrides=(), temporary=())
            for each in RIVERTON.rosters
        ),
    )

    seen = escalation.preview(away, MAIN_BREAK, 1, at=NIGHT)

    assert any(remark.is_gap for remark in seen.remarks)
