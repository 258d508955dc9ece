"""A main breaks at night, and Dan of the water crew has a link in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest

import tickets
from tests.conftest import NIGHT
from tests.portal.phones import AGENT, ANA, DAN, JUNE, Street, picture, street
from tickets import Caller, Ticket
from townline.db import Database

MINUTE = timedelta(minutes=1)
Forgery = Callable[[str], str]


@pytest.fixture
def phones(
    database: Database, engine_database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[Street]:
    with street(database, engine_database, towns, at=NIGHT) as phones:
        yield phones


@pytest.fixture
def main_break(phones: Street) -> Ticket:
    return phones.report(words="Water <b>everywhere</b>.")


@pytest.fixture
def link(phones: Street, main_break: Ticket) -> str:
    return phones.relayed()[DAN]


def take(phones: Street, link: str) -> None:
    phones.post(f"{link}/answer", answer="accept")


def test_looking_changes_nothing(phones: Street, main_break: Ticket, link: str) -> None:
    """I10."""
    before = phones.happened(main_break)

    page = phones.get(link)
    phones.get(link)

    assert page.status_code == 200
    assert "Nobody has taken it." in page.text
    assert "Water &lt;b&gt;everywhere&lt;/b&gt;." in page.text
    assert phones.happened(main_break) == before


def test_the_first_to_take_it_has_it(
    phones: Street, main_break: Ticket, link: str
) -> None:
    page = phones.post(f"{link}/answer", answer="accept")

    assert "I am on the way" in page.text
    assert phones.happened(main_break).count("relay.accepted") == 1


def test_whoever_comes_later_reads_who_has_it(phones: Street, link: str) -> None:
    phones.at += 10 * MINUTE
    anas = phones.relayed()[ANA]
    take(phones, link)

    page = phones.post(f"{anas}/answer", answer="accept")

    assert "Dan Ortiz has taken it" in page.text
    assert "2:22" in page.text
    assert "402 Elm St" in page.text


def test_who_cannot_may_still_think_again(
    phones: Street, main_break: Ticket, link: str
) -> None:
    page = phones.post(f"{link}/answer", answer="decline")

    assert "I take it after all" in page.text
    assert "relay.declined" in phones.happened(main_break)


def test_who_cannot_go_on_hands_it_back(
    phones: Street, main_break: Ticket, link: str
) -> None:
    take(phones, link)
    phones.at += MINUTE

    page = phones.post(f"{link}/answer", answer="decline")

    assert "I take it after all" in page.text
    assert "relay.reopened" in phones.happened(main_break)


def test_an_answer_that_is_none_is_not_found(phones: Street, link: str) -> None:
    assert phones.post(f"{link}/answer", answer="maybe").status_code == 404


def test_on_the_way_is_kept_with_its_note(
    phones: Street, main_break: Ticket, link: str
) -> None:
    take(phones, link)

    page = phones.send(f"{link}/progress", step="on_the_way", note="With the clamp.")

    assert "I am on site" in page.text
    with phones.town() as db:
        (note,) = tickets.notes(db, main_break.id)
        assert (note.body, note.audience, note.author) == (
            "With the clamp.",
            "town",
            "Dan Ortiz",
        )


def test_done_without_the_photo_it_needs_keeps_what_was_typed(
    phones: Street, main_break: Ticket, link: str
) -> None:
    take(phones, link)

    page = phones.send(f"{link}/progress", step="done", note="Clamped at 3.")

    assert page.status_code == 422
    assert "Nothing was sent." in page.text
    assert "Clamped at 3.</textarea>" in page.text
    assert "ticket.done" not in phones.happened(main_break)


def test_done_with_a_photo_closes_it_once(
    phones: Street, main_break: Ticket, link: str
) -> None:
    take(phones, link)

    done = {"step": "done", "note": "Clamped at 3."}
    phones.send(f"{link}/progress", photo=picture(), **done)
    page = phones.send(f"{link}/progress", photo=picture(), **done)

    assert "This ticket is closed" in page.text
    assert phones.happened(main_break).count("ticket.closed") == 1


@pytest.mark.parametrize(
    ("photo", "status", "words"),
    [
        pytest.param(b"<svg onload=x>", 422, "as JPEG, PNG or WebP", id="no photo"),
        pytest.param(bytes(10_500_000), 422, "at most 10 MB", id="a large one"),
        pytest.param(bytes(12_500_000), 413, "at most 10 MB", id="far too large"),
    ],
)
def test_a_photo_that_cannot_be_kept_is_refused_in_words(
    phones: Street, link: str, photo: bytes, status: int, words: str
) -> None:
    take(phones, link)

    page = phones.send(f"{link}/progress", photo=photo, step="note")

    assert page.status_code == status
    assert words in page.text


def test_a_photo_is_seen_by_its_crew_and_through_no_other_link(
    phones: Street, main_break: Ticket, link: str
) -> None:
    take(phones, link)
    phones.send(f"{link}/progress", photo=picture(), step="note")
    with phones.town() as db:
        (photo,) = tickets.photos(db, main_break.id)
    phones.report(place="9 Oak St")
    other = phones.relayed()[DAN]

    assert phones.get(f"{link}/photos/{photo.id}").headers["content-type"] == (
        "image/jpeg"
    )
    assert phones.get(f"{other}/photos/{photo.id}").status_code == 404


def test_nobody_reports_progress_on_what_they_have_not_taken(
    phones: Street, main_break: Ticket, link: str
) -> None:
    page = phones.send(f"{link}/progress", step="on_site", note="I am here.")

    assert "Nobody has taken it." in page.text
    assert "ticket.on_site" not in phones.happened(main_break)


def test_a_crew_sees_the_gate_code_but_not_a_confidential_caller(
    phones: Street,
) -> None:
    caller = Caller(identity="confidential", name="June Hall", phone="+13125550171")
    ticket = phones.report(caller=caller)
    with phones.town() as db:
        tickets.add_note(
            db, ticket.id, "Gate code 4411.", audience="dispatch", by=AGENT, at=NIGHT
        )

    page = phones.get(phones.relayed()[DAN])

    assert "Gate code 4411." in page.text
    assert "June Hall" not in page.text
    assert "555-0171" not in page.text


def test_a_crew_may_ring_a_caller_who_gave_a_name(phones: Street) -> None:
    phones.report(caller=JUNE)

    page = phones.get(phones.relayed()[DAN])

    assert 'href="tel:+13125550171"' in page.text


def test_the_page_speaks_french(phones: Street, link: str) -> None:
    page = phones.get(link, language="fr-CA")

    assert "Personne ne l’a pris." in page.text
    assert "Je m’en occupe" in page.text


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda link: f"{link}x", id="a letter too many"),
        pytest.param(lambda link: f"{link[:-1]}?", id="cut off"),
        pytest.param(lambda link: link.replace("/RIV/", "/SAU/"), id="other town's"),
        pytest.param(lambda link: link.replace("/RIV/", "/XXX/"), id="nobody's town"),
    ],
)
def test_a_forged_link_opens_nothing(
    phones: Street, link: str, forged: Forgery
) -> None:
    address = forged(link)

    assert phones.get(address).status_code == 404
    assert phones.post(f"{address}/answer", answer="accept").status_code == 404


def test_a_link_is_good_for_a_month(phones: Street, link: str) -> None:
    phones.at += timedelta(days=31)

    assert phones.get(link).status_code == 404
