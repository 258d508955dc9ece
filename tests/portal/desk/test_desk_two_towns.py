"""Nobody is in two towns by accident: not by a tab, not by the back key."""

from __future__ import annotations

from uuid import UUID

import pytest

import calls
import tickets
from portal.desk.rules import ink_on
from tests.portal.desk.cast import Agent, ring
from tests.portal.desk.test_desk_closing import report
from townline.tenancy import TenantSession


@pytest.fixture
def old_tab(riverton: TenantSession, maya: Agent) -> str:
    """Helen's call of Riverton, which is over, and not yet saved."""
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.send(f"/desk/calls/riverton/{arrived}/claim")
    calls.connected(riverton, arrived, at=maya.clock.at)
    calls.end(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    return f"/desk/calls/riverton/{arrived}"


@pytest.fixture
def live(sainte_aurore: TenantSession, maya: Agent, old_tab: str) -> UUID:
    """And now Maya talks to somebody of Sainte-Aurore."""
    arrived = ring(
        sainte_aurore, "CA2", at=maya.clock.at, caller="+14185550137", language="fr"
    )
    sainte_aurore.session.commit()
    maya.send(f"/desk/calls/sainte-aurore/{arrived}/claim")
    calls.connected(sainte_aurore, arrived, at=maya.clock.at)
    sainte_aurore.session.commit()
    return arrived


def test_another_towns_form_does_not_open_during_a_call(
    maya: Agent, old_tab: str, live: UUID
) -> None:
    answer = maya.client.get(old_tab)

    assert answer.status_code == 409
    assert "You are on the line with Town of Sainte-Aurore" in answer.text
    assert f"/desk/calls/sainte-aurore/{live}" in answer.text
    assert 'data-town="sainte-aurore"' in answer.text
    assert "/desk/towns/sainte-aurore/mark.svg" in answer.text


@pytest.mark.parametrize("part", ["ticket", "disposition"])
def test_another_towns_form_is_not_saved_during_a_call(
    riverton: TenantSession, maya: Agent, old_tab: str, live: UUID, part: str
) -> None:
    form = report(note="Big dog")

    status, page = maya.send(f"{old_tab}/{part}", **form)

    call_id = UUID(old_tab.rpartition("/")[2])
    assert status == 409
    assert "Nothing has been saved" in page
    assert 'name="note" value="Big dog"' in page
    assert form["client_key"] in page
    assert not tickets.of_call(riverton, call_id)
    assert calls.get(riverton, call_id).disposition is None


def test_a_caller_is_not_joined_to_another_towns_ticket_during_a_call(
    riverton: TenantSession, maya: Agent, old_tab: str, live: UUID, reported: UUID
) -> None:
    status, _ = maya.send(f"{old_tab}/known-ticket/{reported}", **report())

    assert status == 409
    assert len(tickets.reporters(riverton, reported)) == 1


def test_whoever_says_that_they_know_goes_on(
    riverton: TenantSession, maya: Agent, old_tab: str, live: UUID
) -> None:
    page = maya.get(old_tab, also=str(live))
    status, _ = maya.send(f"{old_tab}/ticket", **report(also=str(live)))

    assert "You are on the line with:" in page
    assert f'name="also" value="{live}"' in page
    assert status == 303


def test_what_was_said_of_one_call_does_not_count_for_the_next(
    maya: Agent, old_tab: str, live: UUID
) -> None:
    status, _ = maya.send(f"{old_tab}/ticket", **report(also=old_tab[-36:]))

    assert status == 409


def test_a_hand_over_to_911_is_never_kept_waiting(
    maya: Agent, old_tab: str, live: UUID
) -> None:
    status, _ = maya.send(f"{old_tab}/handover")

    assert status == 200


def test_the_call_itself_and_others_of_its_town_open(maya: Agent, live: UUID) -> None:
    page = maya.get(f"/desk/calls/sainte-aurore/{live}")

    assert "<title>Town of Sainte-Aurore: On a call" in page
    assert "You are on the line with:" not in page


def test_every_open_tab_says_so(maya: Agent, old_tab: str, live: UUID) -> None:
    there = maya.get(f"{old_tab}/elsewhere")
    here = maya.get(f"/desk/calls/sainte-aurore/{live}/elsewhere")

    assert "Town of Sainte-Aurore" in there
    assert "Sainte-Aurore" not in here


def test_a_call_that_has_ended_keeps_nothing_shut(
    sainte_aurore: TenantSession, maya: Agent, old_tab: str, live: UUID
) -> None:
    calls.end(sainte_aurore, "CA2", at=maya.clock.at)
    sainte_aurore.session.commit()

    status, _ = maya.send(f"{old_tab}/ticket", **report())

    assert status == 303


def test_somebody_elses_call_is_none_of_ours(
    maya: Agent, louis: Agent, old_tab: str, live: UUID
) -> None:
    assert louis.client.get(old_tab).status_code == 200


def test_a_tab_wears_its_towns_colour_and_letters(maya: Agent, tom: Agent) -> None:
    mark = maya.client.get("/desk/towns/sainte-aurore/mark.svg")

    assert mark.headers["content-type"].startswith("image/svg+xml")
    assert ">SA<" in mark.text
    assert tom.client.get("/desk/towns/sainte-aurore/mark.svg").status_code == 404


@pytest.mark.parametrize(
    ("paper", "ink"),
    [
        pytest.param("#0b4a8f", "#fff", id="white on blue"),
        pytest.param("#ffe000", "#000", id="black on yellow"),
    ],
)
def test_letters_are_read_on_any_colour(paper: str, ink: str) -> None:
    assert ink_on(paper) == ink
