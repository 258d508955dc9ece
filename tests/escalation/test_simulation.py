"""A ticket that nobody has opened, in every world there is a script for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from escalation.simulation import (
    SCRIPTS,
    Scenario,
    Timeline,
    capacity,
    script,
    simulate,
)
from tests.escalation.ladders import NIGHT, RIVERTON, minutes
from townline.i18n import speaking

CATEGORY = RIVERTON.category("water-main-break")
SCENARIO = Scenario(town=RIVERTON, category=CATEGORY, level=1, at=NIGHT)


def played(name: str, **changes: float) -> Timeline:
    how = script(name, **changes)  # type: ignore[arg-type]  # a table's row
    return simulate(replace(SCENARIO, script=how))


def events(timeline: Timeline) -> list[str]:
    return [line.event.partition(".")[2] for line in timeline.lines]


def test_nobody_answers_until_the_last_resort() -> None:
    timeline = played("nobody")

    assert timeline.first_human is None
    assert timeline.first_call == minutes(2)
    assert timeline.last_resort == minutes(38)


def test_the_first_accepts_and_comes() -> None:
    timeline = played("accepts")

    assert timeline.accepted_by == ("Dan Ortiz",)
    assert events(timeline)[-2:] == ["on_the_way", "on_site"]
    assert timeline.cost == Decimal("0.0087")


def test_the_first_accepts_and_never_arrives() -> None:
    timeline = played("never-arrives")

    missed = next(e for e in timeline.lines if e.event == "relay.deadline_missed")
    assert missed.at == minutes(16)
    assert timeline.last_resort is not None


def test_texts_that_are_refused_move_the_ladder_on_and_cost_nothing() -> None:
    timeline = played("sms-down")

    refused = [e for e in timeline.lines if e.event == "relay.failed"]
    assert refused[0].at == minutes(0)
    assert all(e.cost == 0 for e in timeline.lines if e.channel == "sms")
    assert "go on early" in " ".join(line.rule for line in timeline.lines)


def test_a_refusal_asks_the_next_at_once() -> None:
    timeline = played("declines")

    second = [e for e in timeline.lines if e.event == "relay.step_started"][1]
    assert second.at == minutes(1)
    assert second.rule == "They cannot: go on at once."


def test_the_third_person_accepts_late() -> None:
    timeline = played("nobody", nth=3, after=4)

    assert timeline.accepted_by == ("Walter Greene",)
    assert timeline.first_human == minutes(19)


def test_of_forty_tickets_the_last_text_leaves_when_the_sender_is_free() -> None:
    timeline = played("storm")

    first = next(line for line in timeline.lines if line.channel == "sms")
    assert (first.copies, first.segments) == (40, 1)
    assert first.leaves_by == NIGHT + timedelta(seconds=40)


def test_an_hour_that_is_lived_twice_is_told_apart() -> None:
    timeline = played("clock-change")

    zones = {line.local.rpartition(" ")[2] for line in timeline.lines}
    assert zones == {"CST", "CDT"}


def test_a_routine_ticket_waits_for_the_morning_and_says_so() -> None:
    timeline = simulate(replace(SCENARIO, level=4))

    assert timeline.first_told == minutes(348)
    assert "Quiet hours hold it until 8:00" in " ".join(e.rule for e in timeline.lines)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_line_has_words_and_most_a_rule_in_french(name: str) -> None:
    with speaking("fr"):
        timeline = played(name)

    assert all(line.says and line.rule for line in timeline.lines)
    assert "Le relais commence" in timeline.lines[0].says


def test_what_a_text_costs_is_warned_of() -> None:
    warned = capacity(RIVERTON, at=NIGHT)

    assert {each.severity for each in warned} <= {"warning"}
