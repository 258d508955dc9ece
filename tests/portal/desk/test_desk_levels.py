"""An agent takes a ticket for graver than it was, and sees first who will be told."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import escalation
import tickets
from tests.portal.desk.cast import Agent, Hire
from tickets import Caller, Intake
from townline import proof
from townline.auth import Person
from townline.proof import Actor
from townline.tenancy import TenantSession

WHY = "A child lives in the flooded basement."


@pytest.fixture
def leak(riverton: TenantSession, maya: Agent) -> UUID:
    """A hydrant that leaks: level 3, and nobody is told before the morning."""
    intake = Intake(
        client_key=uuid4(),
        category="fire-hydrant",
        channel="phone",
        caller=Caller(identity="anonymous"),
        place="12 Oak St",
        answers={"state": "leaking"},
    )
    ticket = tickets.open(riverton, intake, at=maya.clock.at, by=Actor("agent", "Tom"))
    riverton.session.commit()
    return ticket.id


def here(ticket_id: UUID, slug: str = "riverton") -> str:
    return f"/desk/tickets/{slug}/{ticket_id}"


def offered(page: str) -> list[str]:
    return re.findall(r'type="radio" id="level-(\d)"', page)


def then(page: str, level: int) -> str:
    """What a level would set going, as the page says it."""
    found = re.search(rf'id="level-{level}-then">(.*?)</span>', page, re.DOTALL)
    assert found, page
    return re.sub(r"[ \n]+", " ", found[1])


def level_of(db: TenantSession, ticket_id: UUID) -> int:
    db.session.expire_all()
    level = tickets.get(db, ticket_id).level
    db.session.commit()
    return level


def judged(db: TenantSession, ticket_id: UUID, level: int, agent: Agent) -> None:
    """Somebody else was faster."""
    boss = Person(uuid4(), "Luc Roy", "", "en", None, {db.tenant_id: "supervisor"})
    escalation.change_level(
        db, ticket_id, level, reason=WHY, by=boss, at=agent.clock.at
    )
    db.session.commit()


def test_an_agent_is_offered_graver_levels_only(maya: Agent, leak: UUID) -> None:
    page = maya.get(here(leak))

    assert offered(page) == ["1", "2"]
    assert "To lower it, ask a supervisor." in page


def test_each_level_says_its_policy_and_who_is_told_first(
    maya: Agent, leak: UUID
) -> None:
    page = maya.get(here(leak))

    assert then(page, 1).startswith("Water emergencies at night.")
    assert "First, at once: Dan Ortiz by text, by email." in then(page, 1)


def test_it_is_said_in_french_too(louis: Agent, leak: UUID) -> None:
    page = louis.get(here(leak))

    assert "D’abord, tout de suite\u00a0: Dan Ortiz par texto" in then(page, 1)
    assert "Changer le niveau" in page


def test_the_highest_level_leaves_an_agent_nothing_to_choose(
    maya: Agent, reported: UUID
) -> None:
    page = maya.get(here(reported))

    assert offered(page) == []
    assert "Change the level" not in page


def test_a_supervisor_may_lower_it(
    riverton: TenantSession, hire: Hire, reported: UUID
) -> None:
    ines = hire("Ines Roy", riverton.tenant_id, role="supervisor")

    page = ines.get(here(reported))
    status, there = ines.send(
        f"{here(reported)}/level", level="3", reason="Only a hydrant.", was="1"
    )

    assert offered(page) == ["2", "3", "4", "5"]
    assert then(page, 3).startswith("Priority. First, Wed 11 Feb, 06:30: Ana Ruiz")
    assert "ask a supervisor" not in page
    assert (status, there) == (303, here(reported))
    assert level_of(riverton, reported) == 3


def test_what_was_shown_is_what_happens(
    riverton: TenantSession, maya: Agent, leak: UUID
) -> None:
    maya.clock.at += timedelta(minutes=2)

    status, there = maya.send(f"{here(leak)}/level", level="1", reason=WHY, was="3")

    assert (status, there) == (303, here(leak))
    standing = escalation.state_of(riverton, leak)
    assert standing is not None
    assert (standing.level, standing.policy) == (1, "water-night")
    told = [e for e in proof.timeline(riverton, leak) if "level" in e.event]
    assert [(e.actor, e.told()["reason"]) for e in told] == [("agent Maya Okafor", WHY)]


def test_who_has_it_is_said_to_keep_it(
    riverton: TenantSession, maya: Agent, leak: UUID
) -> None:
    standing = escalation.state_of(riverton, leak)
    assert standing is not None
    escalation.accept(
        riverton, standing.run_id, contact="ana-ruiz", via="sms", at=maya.clock.at
    )
    riverton.session.commit()

    page = maya.get(here(leak))

    assert "Ana Ruiz keeps it. Nobody else is told." in then(page, 1)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param(
            {"reason": WHY, "was": "3"}, "Choose a level from 1 to 5.", id="no level"
        ),
        pytest.param(
            {"level": "9", "reason": WHY}, "Choose a level from 1 to 5.", id="no such"
        ),
        pytest.param(
            {"level": "2", "reason": "  ", "was": "3"},
            "Say in a sentence why the level changes",
            id="no reason",
        ),
        pytest.param(
            {"level": "2", "reason": "x" * 4_001},
            "Shorten this to 4,000 characters.",
            id="too long a reason",
        ),
    ],
)
def test_a_change_without_sense_comes_back_as_it_was_typed(
    riverton: TenantSession, maya: Agent, leak: UUID, form: dict[str, str], said: str
) -> None:
    status, page = maya.send(f"{here(leak)}/level", **form)

    assert status == 422
    assert re.search(rf'class="error" id="error-\w+">{said}', page)
    assert form["reason"] in page
    assert "<details open>" in page
    assert level_of(riverton, leak) == 3


def test_who_is_late_is_shown_what_would_happen_now(
    riverton: TenantSession, maya: Agent, leak: UUID
) -> None:
    judged(riverton, leak, 2, maya)

    status, page = maya.send(f"{here(leak)}/level", level="1", reason=WHY, was="3")

    assert status == 409
    assert "Somebody has just changed the level" in page
    assert (offered(page), WHY in page) == (["1"], True)
    assert level_of(riverton, leak) == 2


def test_an_agent_may_not_lower_it(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    status, page = maya.send(f"{here(reported)}/level", level="3", reason=WHY)

    assert status == 403
    assert "may lower a level" in page
    assert level_of(riverton, reported) == 1


def test_a_closed_tickets_level_is_not_offered(
    riverton: TenantSession, maya: Agent, leak: UUID
) -> None:
    by = Actor("agent", "Maya Okafor")
    tickets.close(
        riverton, leak, reason="not_found", note="Dry.", by=by, at=maya.clock.at
    )
    riverton.session.commit()

    status, _ = maya.send(f"{here(leak)}/level", level="1", reason=WHY)

    assert offered(maya.get(here(leak))) == []
    assert status == 409


def test_a_level_of_a_town_not_served_is_not_there(
    sainte_aurore: TenantSession, tom: Agent, aurores: UUID
) -> None:
    was = level_of(sainte_aurore, aurores)

    for slug in ("riverton", "sainte-aurore"):
        status, _ = tom.send(f"{here(aurores, slug)}/level", level="1", reason=WHY)
        assert status == 404

    assert level_of(sainte_aurore, aurores) == was


def test_a_form_from_elsewhere_changes_nothing(
    riverton: TenantSession, maya: Agent, leak: UUID
) -> None:
    forged = maya.client.post(
        f"{here(leak)}/level", data={"level": "1", "reason": WHY, "was": "3"}
    )

    assert forged.status_code == 403
    assert level_of(riverton, leak) == 3


def test_the_level_comes_anew_with_the_relay(
    riverton: TenantSession, maya: Agent, leak: UUID
) -> None:
    judged(riverton, leak, 2, maya)

    news = maya.get(f"{here(leak)}/relay")

    assert 'id="level" hx-swap-oob="true"' in news
    assert 'data-level="2"' in news
