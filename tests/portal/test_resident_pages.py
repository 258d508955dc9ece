"""June reported a main break, and follows it with nothing but its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest

import tickets
from tests.conftest import NIGHT
from tests.portal.phones import AGENT, DAN, Street, street
from tickets import Audience, Caller, Ticket
from townline.db import Database

HOUR = timedelta(hours=1)
Typing = Callable[[str], str]


@pytest.fixture
def phones(
    database: Database, engine_database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[Street]:
    with street(database, engine_database, towns, at=NIGHT) as phones:
        yield phones


@pytest.fixture
def main_break(phones: Street) -> Ticket:
    return phones.report(words="It runs into my basement.")


def test_a_report_is_found_by_its_number(phones: Street, main_break: Ticket) -> None:
    page = phones.get(f"/t/RIV/{main_break.tracking}")

    assert page.status_code == 200
    assert "Your report <b" in page.text
    assert main_break.tracking in page.text
    assert main_break.promise in page.text


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda number: number.replace("-", ""), id="without dashes"),
        pytest.param(lambda number: number.replace("-", " "), id="with spaces"),
        pytest.param(str.lower, id="in small letters"),
        pytest.param(lambda number: number[4:], id="without its letters"),
    ],
)
def test_it_does_not_matter_how_the_number_is_typed(
    phones: Street, main_break: Ticket, typed: Typing
) -> None:
    page = phones.get(f"/t/riv/{typed(main_break.tracking)}")

    assert page.status_code == 200


def test_a_report_opened_again_begins_anew(phones: Street, main_break: Ticket) -> None:
    with phones.town() as db:
        id, at, note = main_break.id, phones.at, "Dry when we came."
        tickets.close(db, id, reason="not_found", note=note, by=AGENT, at=at)
        tickets.reopen(db, id, reason="It runs.", by=AGENT, at=at)

    page = phones.get(f"/t/RIV/{main_break.tracking}").text

    assert "it was opened again" in page
    assert main_break.promise in page


def test_a_report_that_goes_on_as_another_says_so(
    phones: Street, main_break: Ticket
) -> None:
    other = phones.report(words="Water in the street.")
    with phones.town() as db:
        tickets.merge(db, main_break.id, other.id, by=AGENT, at=phones.at)

    page = phones.get(f"/t/RIV/{main_break.tracking}").text

    assert f'href="/t/RIV/{other.tracking}"' in page


def test_the_form_leads_to_the_page(phones: Street, main_break: Ticket) -> None:
    page = phones.get(f"/t?number={main_break.tracking.replace('-', '%20')}")

    assert page.status_code == 200
    assert main_break.promise in page.text


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/t/RIV/RIV-000-000-1", id="a digit is wrong"),
        pytest.param("/t/RIV/RIV-999-999-2", id="nobody has it"),
        pytest.param("/t/RIV/hello", id="no number at all"),
        pytest.param("/t/XXX/RIV-000-000-0", id="no such town"),
        pytest.param("/t?number=12", id="no letters"),
        pytest.param("/t/RIV/%3Cb%3E", id="hostile"),
    ],
)
def test_a_wrong_number_gets_the_form_again(phones: Street, address: str) -> None:
    page = phones.get(address)

    assert page.status_code == 404
    assert "No report has this number" in page.text
    assert "<b>" not in page.text


def test_another_towns_number_is_unknown_here(
    phones: Street, main_break: Ticket
) -> None:
    assert phones.get(f"/t/SAU/{main_break.tracking}").status_code == 404


@pytest.mark.parametrize(
    ("audience", "shown"),
    [("public", True), ("town", False), ("dispatch", False)],
)
def test_only_what_is_meant_for_all_is_shown(
    phones: Street, main_break: Ticket, audience: Audience, *, shown: bool
) -> None:
    with phones.town() as db:
        tickets.add_note(
            db, main_break.id, "Gate code 4411.", audience=audience, by=AGENT, at=NIGHT
        )

    page = phones.get(f"/t/RIV/{main_break.tracking}").text

    assert ("Gate code 4411." in page) is shown
    assert "June Hall" not in page
    assert "555-0171" not in page
    assert "basement" not in page


def test_a_confidential_caller_is_not_found_by_the_place(phones: Street) -> None:
    caller = Caller(identity="confidential", phone="+13125550171")
    ticket = phones.report(place="402 Elm St, apt 3", caller=caller)

    page = phones.get(f"/t/RIV/{ticket.tracking}").text

    assert "Elm St" in page
    assert "402" not in page
    assert "apt 3" not in page


def test_the_stations_follow_the_crew(phones: Street, main_break: Ticket) -> None:
    link = phones.relayed()[DAN]

    phones.post(f"{link}/answer", answer="accept")
    phones.send(f"{link}/progress", step="on_the_way")

    page = phones.get(f"/t/RIV/{main_break.tracking}").text
    assert '<li class="past"><b>Taken by somebody</b>' in page
    assert '<li class="now" aria-current="step"><b>Crew at work</b>' in page
    assert "Dan" not in page


def test_a_missed_promise_is_owned_up_to(phones: Street, main_break: Ticket) -> None:
    phones.at = main_break.promised_at + HOUR

    page = phones.get(f"/t/RIV/{main_break.tracking}").text

    assert "We are late." in page


def test_closed_says_why(phones: Street, main_break: Ticket) -> None:
    with phones.town() as db:
        tickets.close(
            db,
            main_break.id,
            reason="not_found",
            note="Dry when we came.",
            by=AGENT,
            at=NIGHT + HOUR,
        )

    page = phones.get(f"/t/RIV/{main_break.tracking}").text

    assert "We went there and did not find it." in page
    assert "Report closed" in page
    assert "Dry when we came." not in page


def test_the_page_speaks_french(phones: Street, main_break: Ticket) -> None:
    page = phones.get(f"/t/RIV/{main_break.tracking}", language="fr-CA").text

    assert "Où en est-on?" in page
    assert "Reçue" in page
    assert "mer. 11 févr., 2 h 12" in page.replace("\u00a0", " ")
