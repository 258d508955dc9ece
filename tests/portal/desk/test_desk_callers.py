"""Who is calling: their past in this town, flags, warnings, and who takes them over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import tickets
from tests.portal.desk.cast import Agent, Hire, ring
from tests.portal.desk.test_desk_closing import report
from townline import proof
from townline.tenancy import TenantSession


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> UUID:
    """Helen calls Riverton; Maya has taken the call."""
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.clock.at += timedelta(seconds=21)
    maya.send(f"/desk/calls/riverton/{arrived}/claim")
    return arrived


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


def facts(db: TenantSession, subject: UUID, event: str) -> list[dict[str, object]]:
    db.session.rollback()
    entries = proof.timeline(db, subject)
    return [each.told() for each in entries if each.event == event]


def test_earlier_calls_and_tickets_of_the_number_are_shown_with_how_they_ended(
    riverton: TenantSession, maya: Agent, here: str, reported: UUID
) -> None:
    asked = ring(riverton, "CA0", at=maya.clock.at - timedelta(days=3))
    riverton.session.commit()
    maya.send(
        f"/desk/calls/riverton/{asked}/disposition",
        category="low-water-pressure",
        disposition="information_given",
    )

    page = maya.get(here)

    assert f"/desk/tickets/riverton/{reported}" in page
    assert " · Answered on the spot" in page


def test_another_towns_past_of_the_same_number_is_not_shown(
    sainte_aurore: TenantSession, maya: Agent, reported: UUID
) -> None:
    arrived = ring(sainte_aurore, "CA9", at=maya.clock.at, language="fr")
    sainte_aurore.session.commit()

    page = maya.get(f"/desk/calls/sainte-aurore/{arrived}")

    assert str(reported) not in page
    assert "None from this number." in page


def test_a_withheld_number_has_the_past_of_the_number_given(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    arrived = ring(riverton, "CA5", at=maya.clock.at, caller="anonymous")
    riverton.session.commit()
    here = f"/desk/calls/riverton/{arrived}"

    before = maya.get(here)
    given = maya.get(f"{here}/history", phone="312 555 0142")

    assert "what this call makes appears here" in before
    assert f"/desk/tickets/riverton/{reported}" in given


def test_a_withheld_call_has_its_own_tickets(
    riverton: TenantSession, maya: Agent
) -> None:
    arrived = ring(riverton, "CA5", at=maya.clock.at, caller="anonymous")
    riverton.session.commit()
    here = f"/desk/calls/riverton/{arrived}"
    maya.send(f"{here}/ticket", **report(identity="anonymous", more="yes"))

    page = maya.get(here)

    [made] = tickets.of_call(riverton, arrived)
    assert f"/desk/tickets/riverton/{made.id}" in page


def test_a_flag_is_set_shown_at_once_and_ended(maya: Agent, here: str) -> None:
    _, flagged = maya.send(
        f"{here}/flags", kind="abusive", reason="Shouts.", terms="Two minutes."
    )
    opened = maya.get(here)
    address = flagged.split('hx-post="')[2].split('"')[0]
    _, ended = maya.send(address)

    assert "Shouts." in opened
    assert "Two minutes." in opened
    assert "appeal by Fri 13 Mar" in opened
    assert "Shouts." not in ended


def test_what_an_agent_may_not_flag_is_refused_in_words(maya: Agent, here: str) -> None:
    status, page = maya.send(f"{here}/flags", kind="threats", scope="operator")

    assert status == 200
    assert "for a supervisor to set" in page


def test_a_flag_of_every_desk_shows_in_another_town_without_words(
    sainte_aurore: TenantSession, hire: Hire, towns: dict[str, UUID], here: str
) -> None:
    chief = hire("Ines Roy", *towns.values(), role="supervisor")
    chief.send(f"{here}/flags", kind="threats", scope="operator", reason="The mayor.")
    arrived = ring(sainte_aurore, "CA9", at=chief.clock.at, language="fr")
    sainte_aurore.session.commit()

    page = chief.get(f"/desk/calls/sainte-aurore/{arrived}")

    assert "Threatens" in page
    assert "at every desk" in page
    assert "The mayor." not in page


def test_the_caller_is_warned_step_by_step(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    pages = [maya.send(f"{here}/warnings")[1] for _ in range(4)]

    assert "warned once" in pages[0]
    assert "warned twice" in pages[1]
    assert "told that the call ends" in pages[2]
    assert "end the call" in pages[3]
    steps = [each["step"] for each in facts(riverton, call_id, "call.warned")]
    assert steps == ["warn", "second_warn", "end"]


def test_the_gas_company_takes_over_with_its_number_on_record(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    _, chip = maya.send(f"{here}/handover", service="gas", stays="yes")

    [over] = facts(riverton, call_id, "call.handed_over")
    assert "With Gas company since 02:12" in chip
    assert over["number"] == "+13125550194"
    assert (over["outcome"], over["stays"]) == ("transferred", True)
    assert "Stay outside" in str(over["sentence"])


def test_911_may_refuse_and_then_take_the_caller(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    form = {"safety.gas": "yes"}

    _, refused = maya.send(f"{here}/handover", outcome="refused", **form)
    _, taken = maya.send(f"{here}/handover", stays="yes", **form)

    assert "911 refused at 02:12" in refused
    assert '<option value="transferred_911" selected>' not in refused
    assert "With 911 since 02:12" in taken
    [over] = facts(riverton, call_id, "call.handed_to_911")
    assert (over["number"], over["stays"]) == ("911", True)
    assert "Leave the building now" in str(over["sentence"])


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"service": "dragons"}, id="nobody of that name"),
        pytest.param({"outcome": "perhaps"}, id="no such outcome"),
    ],
)
def test_a_hand_over_of_another_make_is_refused(
    maya: Agent, here: str, form: dict[str, str]
) -> None:
    status, _ = maya.send(f"{here}/handover", **form)

    assert status in {404, 422}


@pytest.mark.parametrize(
    "part",
    [
        "warnings",
        "flags",
        "services",
        "told",
        "flags/{flag}/end",
        "flags/{flag}/renewal",
    ],
)
def test_nothing_of_this_is_there_for_a_town_not_served(
    sainte_aurore: TenantSession, tom: Agent, part: str
) -> None:
    arrived = ring(sainte_aurore, "CA7", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("sainte-aurore", "riverton"):
        address = f"/desk/calls/{slug}/{arrived}/{part.format(flag=arrived)}"
        status, _ = tom.send(address, reason="x")
        assert status == 404


@pytest.mark.parametrize("part", ["history", "wrap-up"])
def test_nor_can_it_be_read(
    sainte_aurore: TenantSession, tom: Agent, part: str
) -> None:
    arrived = ring(sainte_aurore, "CA7", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("sainte-aurore", "riverton"):
        answer = tom.client.get(f"/desk/calls/{slug}/{arrived}/{part}")
        assert answer.status_code == 404
