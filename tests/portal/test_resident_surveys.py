"""How did we do? June answers once, from the link in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest

import surveys
import tickets
from surveys.rules import sampled
from tests.conftest import NIGHT
from tests.portal.phones import AGENT, JUNE, Street, street
from tickets import Caller
from townline.db import Database

DAY = timedelta(days=1)
Forgery = Callable[[str], str]


@pytest.fixture
def phones(
    database: Database, engine_database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[Street]:
    with street(database, engine_database, towns, at=NIGHT) as phones:
        yield phones


@pytest.fixture
def link(phones: Street) -> str:
    return ask(phones)


def ask(phones: Street, caller: Caller = JUNE) -> str:
    """Close a ticket, and read the invitation that June gets two mornings later."""
    ticket = phones.report(category="highway-maintenance", caller=caller)
    while not sampled(ticket.id, percent=50):
        ticket = phones.report(category="highway-maintenance", caller=caller)
    with phones.town() as db:
        tickets.close(
            db, ticket.id, reason="scheduled", note="In May.", by=AGENT, at=NIGHT
        )
    phones.at += 2 * DAY
    surveys.tick(phones.engine, at=phones.at)
    return phones.relayed()[str(JUNE.phone)]


def result(phones: Street) -> surveys.Result:
    with phones.town() as db:
        return surveys.result(db, since=NIGHT)


def test_looking_answers_nothing(phones: Street, link: str) -> None:
    page = phones.get(link)

    assert page.status_code == 200
    assert "How did we do?" in page.text
    assert "Highway Maintenance, 402 Elm St" in page.text
    assert result(phones).n == 0


def test_a_confidential_caller_reads_no_house_number(phones: Street) -> None:
    confidential = Caller(identity="confidential", phone=JUNE.phone, tell_by="sms")

    page = phones.get(ask(phones, confidential))

    assert "Highway Maintenance, Elm St" in page.text


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        pytest.param({}, 2, id="nothing chosen"),
        pytest.param({"score": "4"}, 1, id="one chosen"),
        pytest.param({"solved": "yes", "score": "6"}, 1, id="off the scale"),
        pytest.param({"solved": "maybe", "score": "4"}, 1, id="no such answer"),
    ],
)
def test_what_is_missing_is_asked_again_and_the_rest_kept(
    phones: Street, link: str, form: dict[str, str], missing: int
) -> None:
    page = phones.post(link, comment="Quick <work>.", **form)

    assert page.status_code == 422
    assert page.text.count("Choose an answer.") == missing
    assert "Quick &lt;work&gt;.</textarea>" in page.text
    assert result(phones).n == 0


def test_the_first_answer_counts_and_is_thanked_for(phones: Street, link: str) -> None:
    page = phones.post(link, solved="yes", score="5", comment="Quick\x00 work.")
    phones.post(link, solved="no", score="1")

    assert "Thank you" in page.text
    assert "Thank you" in phones.get(link).text
    assert result(phones).scores == {5: 1}


def test_a_bad_answer_reaches_the_desk(phones: Street, link: str) -> None:
    phones.post(link, solved="no", score="2")

    with phones.town() as db:
        (call,) = db.session.scalars(db.rows(surveys.Task))
        assert (call.kind, call.phone) == ("bad_score", JUNE.phone)


def test_who_refuses_is_told_so(phones: Street, link: str) -> None:
    page = phones.post(f"{link}/refusal")

    assert page.status_code == 200
    assert "We will not ask you again" in page.text


def test_a_link_ends_after_a_month(phones: Street, link: str) -> None:
    phones.at += 30 * DAY

    assert phones.get(link).status_code == 404
    assert phones.post(link, solved="yes", score="5").status_code == 404


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda link: f"{link}x", id="a letter too many"),
        pytest.param(lambda link: link.replace("/RIV/", "/SAU/"), id="other town's"),
        pytest.param(lambda link: link.replace("/RIV/", "/XXX/"), id="nobody's town"),
        pytest.param(lambda link: link.replace("/s/", "/r/"), id="not a crew's link"),
    ],
)
def test_a_forged_link_asks_nothing(phones: Street, link: str, forged: Forgery) -> None:
    assert phones.get(forged(link)).status_code == 404


def test_the_survey_speaks_french(phones: Street, link: str) -> None:
    page = phones.get(link, language="fr-CA").text

    assert "Est-ce que le problème est réglé?" in page
    assert "Ne plus me demander mon avis" in page
