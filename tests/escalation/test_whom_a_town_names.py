"""Crews, roles, outside numbers and the duty desk, all the way to a promise."""

from __future__ import annotations

from datetime import time

import pytest
from msgspec.structs import replace

import escalation
from tenants.town import Crew, DutyDesk, Policy, QuietHours, Text, Town
from tests.escalation.conftest import main_break
from tests.escalation.ladders import NIGHT, RIVERTON, minutes, step
from tests.escalation.relays import messages_to, promised, standing, timeline
from tests.tenants.published import Publish, publish
from townline.db import Database
from townline.tenancy import TenantSession

__all__ = ["publish"]

PUMPS = "+13125550198"
CREW = Crew(
    key="night-team",
    name=Text(en="Night team"),
    department="water",
    members=("dan-ortiz", "ana-ruiz"),
)
# The evening's digest is at five; it is twelve past two in the night.
EVENING = 888
MORNING = 258


def town(**rules: object) -> Town:
    """One ladder for every ticket: the crew, then a number, then the duty desk."""
    ladder = Policy(
        key="all",
        name=Text(en="Everything"),
        levels=(1, 2, 3, 4, 5),
        steps=(
            step("crew:night-team"),
            step("role:foreman", f"number:{PUMPS}", sms=0),
        ),
        last_resort=("duty-desk",),
        on_the_way_within=900,
    )
    narrowed = replace(ladder, key="narrowed", **rules)
    contacts = tuple(
        replace(each, roles=("foreman",)) if each.key == "walter-greene" else each
        for each in RIVERTON.contacts
        if each.key != "duty-desk"
    )
    return replace(
        RIVERTON,
        contacts=contacts,
        crews=(CREW,),
        duty_desk=DutyDesk(name="Night desk", phone="+13125550197"),
        policies=(narrowed, ladder) if rules else (ladder,),
    )


def test_everybody_a_town_can_name_is_told_in_turn(
    riverton: TenantSession, publish: Publish, engine_database: Database
) -> None:
    publish(town())
    escalation.start(riverton, main_break(riverton), at=NIGHT)
    riverton.session.commit()

    for minute in (5, 10):
        escalation.tick(engine_database, at=minutes(minute))

    assert set(promised(riverton)) == {
        (0, "Dan Ortiz", "sms"),
        (0, "Ana Ruiz", "sms"),
        (5, "Walter Greene", "sms"),
        (5, PUMPS, "sms"),
        (10, "Night desk", "voice"),
    }


def test_a_number_outside_the_town_can_have_it(
    riverton: TenantSession, publish: Publish, engine_database: Database
) -> None:
    publish(town())
    ticket = main_break(riverton)
    run = escalation.start(riverton, ticket, at=NIGHT)
    riverton.session.commit()
    escalation.tick(engine_database, at=minutes(5))

    said = escalation.accept(riverton, run.id, contact=PUMPS, via="sms", at=minutes(6))

    assert said.startswith("You have it: Water Main Break")
    assert [each.name for each in standing(riverton, ticket.id).holders] == [PUMPS]


def test_who_answers_after_the_duty_desk_hears_its_name(
    riverton: TenantSession, publish: Publish
) -> None:
    publish(town())
    run = escalation.start(riverton, main_break(riverton), at=NIGHT)
    escalation.accept(riverton, run.id, contact="duty-desk", via="voice", at=minutes(1))

    late = escalation.accept(
        riverton, run.id, contact="ana-ruiz", via="sms", at=minutes(2)
    )

    assert late == "Already taken by Night desk at 02:13."


@pytest.mark.parametrize(
    ("level", "rules", "why", "due"),
    [
        pytest.param(
            5,
            {"levels": (5,), "digest": (time(17),)},
            "digest",
            EVENING,
            id="for the evening's digest",
        ),
        pytest.param(
            4,
            {"levels": (4,), "quiet": QuietHours(starts=time(22), ends=time(6, 30))},
            "quiet",
            MORNING,
            id="for the morning",
        ),
    ],
)
def test_what_waits_by_rule_is_promised_with_the_reason(
    riverton: TenantSession,
    publish: Publish,
    level: int,
    rules: dict[str, object],
    why: str,
    due: float,
) -> None:
    """I17: held, and visibly so, from the moment it is promised."""
    publish(town(**rules))
    ticket = main_break(riverton)
    ticket.level = level

    escalation.start(riverton, ticket, at=NIGHT)

    riverton.session.flush()
    assert {
        (each.due_at, each.held_for) for each in messages_to(riverton, "dan-ortiz")
    } == {(minutes(due), why)}
    assert timeline(riverton, ticket.id)[:2] == ["started", "step_started"]
