"""When nothing works but telephones: sheets are printed, filled in, and typed once."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import escalation
import notify
import tickets
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent
from tests.tickets.cast import MAYA
from tickets import Ticket
from townline import proof
from townline.entrypoints.cli import app
from townline.roles import RoleUrls
from townline.tenancy import TenantSession

HERE = "/desk/sheets/riverton"


@pytest.fixture
def number(riverton: TenantSession) -> str:
    """Sheet number one of Riverton, printed last week."""
    week_ago = NIGHT - timedelta(days=7)
    [sheet] = tickets.sheets.reserve(riverton, 1, at=week_ago, by=MAYA)
    named = tickets.sheets.named(riverton, sheet)
    riverton.session.commit()
    return named


def filled(printed: str, **changes: str) -> dict[str, str]:
    """A main break, called in at ten past one and typed at twelve past two."""
    sheet = {
        "number": printed,
        "called": "2026-02-11T01:10",
        "name": "Helen Marsh",
        "phone": "(312) 555-0142",
        "category": "water-main-break",
        "answer.flow": "stream",
        "answer.cars": "no",
        "place": "Elm St and 4th Ave",
        "agreed": "yes",
        "relayed": "no",
    }
    return {**sheet, **changes}


def the_ticket(db: TenantSession) -> Ticket:
    [row] = tickets.listing(db, tickets.Filters(), limit=9)
    return tickets.get(db, row.id)


def test_a_booklet_has_the_people_the_sentences_and_numbered_sheets(
    maya: Agent,
) -> None:
    status, page = maya.send(f"{HERE}/prints", count="2")

    assert status == 200
    assert len(re.findall(r"RIV-P-000\d-\d", page)) == 2
    assert "Dan Ortiz" in page
    assert "(312) 555-0112" in page
    assert "Leave the building now" in page
    assert "Gas company" in page
    assert "Is it a trickle, a stream, or is it lifting the street?" in page


def test_a_typed_sheet_is_a_ticket_with_the_time_of_the_call(
    riverton: TenantSession, maya: Agent, number: str
) -> None:
    status, there = maya.send(f"{HERE}/entries", **filled(number))

    ticket = the_ticket(riverton)
    [opened, *_] = proof.timeline(riverton, ticket.id)
    assert (status, there) == (303, f"/desk/tickets/riverton/{ticket.id}")
    assert ticket.client_key == tickets.sheets.sheet(riverton, number).id
    assert opened.told()["called_at"] == "2026-02-11T07:10:00Z"
    assert ticket.promised_at < NIGHT + timedelta(hours=2)


def test_the_same_sheet_typed_twice_shows_the_first_ticket(
    riverton: TenantSession, maya: Agent, tom: Agent, number: str
) -> None:
    maya.send(f"{HERE}/entries", **filled(number))

    status, page = tom.send(f"{HERE}/entries", **filled(number, place="Somewhere"))

    ticket = the_ticket(riverton)
    assert status == 200
    assert "This sheet was entered on" in page
    assert ticket.tracking in page
    assert ticket.place == "Elm St and 4th Ave"


def test_what_nobody_has_relayed_is_relayed_now(
    riverton: TenantSession, maya: Agent, number: str
) -> None:
    maya.send(f"{HERE}/entries", **filled(number))

    standing = escalation.state_of(riverton, the_ticket(riverton).id)
    assert standing is not None
    assert standing.state == "running"


def test_whoever_was_told_by_hand_has_it_and_nobody_is_woken(
    riverton: TenantSession, maya: Agent, number: str
) -> None:
    by_hand = {
        "relayed": "yes",
        "reached": "dan-ortiz",
        "reached_at": "2026-02-11T01:15",
    }

    maya.send(f"{HERE}/entries", **filled(number, **by_hand))

    ticket = the_ticket(riverton)
    standing = escalation.state_of(riverton, ticket.id)
    assert standing is not None
    assert standing.state == "accepted"
    assert [each.contact for each in standing.holders] == ["dan-ortiz"]
    events = [each.event for each in proof.timeline(riverton, ticket.id)]
    assert events.index("sheet.relayed_by_hand") < events.index("relay.accepted")
    pending = riverton.rows(notify.Notification).where(
        notify.Notification.subject_id == ticket.id,
        notify.Notification.purpose == "relay",
        notify.Notification.state == "pending",
    )
    assert riverton.session.scalars(pending).all() == []


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        pytest.param({"number": "RIV-P-0009-9"}, "misheard", id="a wrong digit"),
        pytest.param({"number": "17"}, "looks like RIV-P", id="no number"),
        pytest.param({"called": ""}, "when the call came", id="no time"),
        pytest.param({"called": "2026-02-12T01:10"}, "have been", id="in the future"),
        pytest.param({"called": "2025-02-11T01:10"}, "have been", id="a year ago"),
        pytest.param({"relayed": ""}, "told by hand already", id="told or not"),
        pytest.param({"relayed": "yes"}, "who was told by hand", id="told whom"),
        pytest.param({"place": ""}, "Ask where it is", id="no place"),
        pytest.param({"answer.cars": ""}, "Still to ask", id="a question"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_is_kept(
    riverton: TenantSession,
    maya: Agent,
    number: str,
    changes: dict[str, str],
    remedy: str,
) -> None:
    status, page = maya.send(f"{HERE}/entries", **filled(number, **changes))

    assert status == 422
    assert remedy in page
    assert 'value="Helen Marsh"' in page
    assert tickets.listing(riverton, tickets.Filters(), limit=9) == []


def test_questions_come_with_the_category(maya: Agent) -> None:
    _, page = maya.send(f"{HERE}/questions", category="water-main-break")

    assert 'name="answer.flow"' in page


def test_paper_of_a_town_not_served_is_not_there(tom: Agent) -> None:
    there = "/desk/sheets/sainte-aurore"

    assert tom.client.get(there).status_code == 404
    for part in ("prints", "questions", "entries"):
        status, _ = tom.send(f"{there}/{part}", count="1", number="SAU-P-0001-3")
        assert status == 404


def test_a_sheet_of_another_town_makes_no_ticket_here(
    sainte_aurore: TenantSession, maya: Agent, number: str
) -> None:
    status, page = maya.send("/desk/sheets/sainte-aurore/entries", **filled(number))

    assert status == 422
    assert "No sheet with this number" in page


def test_the_page_to_type_them_in_opens_in_both_languages(
    maya: Agent, louis: Agent
) -> None:
    assert f'href="{HERE}"' in maya.get("/desk/sheets")
    assert "Enter paper sheets" in maya.get(HERE)
    assert "Saisir les feuilles de papier" in louis.get(HERE)


def test_one_file_holds_all_of_it_for_a_stick(
    urls: RoleUrls, riverton: TenantSession, tmp_path: Path
) -> None:
    riverton.session.commit()
    out = tmp_path / "riverton.html"
    env = {"TOWNLINE_ENGINE_URL": urls.engine}

    said = CliRunner().invoke(
        app, ["sheets", "riverton", "--out", str(out), "--count", "3"], env=env
    )

    assert said.exit_code == 0, said.output
    page = out.read_text()
    assert "<style>" in page
    assert "stylesheet" not in page
    assert len(re.findall(r"RIV-P-000\d-\d", page)) == 3
    assert "RIV-P-0001-" in said.output
