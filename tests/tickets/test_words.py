"""Tickets are found by their words: whole or begun, in any accents, by who may read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import ANA, MAYA, hydrant, main_break
from tickets import NOBODY, After, Filters, Promised, Ticket
from tickets.finding.jobs import read_back
from tickets.finding.models import LONGEST, TicketWord, WordsRead
from tickets.finding.rules import wanted, words_of
from townline.db import Database
from townline.tenancy import TenantSession

pytestmark = pytest.mark.usefixtures("onlooker")

DAY_ENDS = NIGHT + timedelta(hours=20)


def said(db: TenantSession, text: str, **filters: object) -> list[str]:
    asked = Filters(state="all", text=text, **filters)  # type: ignore[arg-type]
    return [row.place for row in tickets.listing(db, asked)]


@pytest.fixture
def known(riverton: TenantSession) -> list[Ticket]:
    """A hydrant in Elm Street with notes for each audience, and one in French."""
    at = iter(NIGHT + timedelta(minutes=each) for each in range(9))
    elm = tickets.open(riverton, hydrant(place="12 Elm St"), at=next(at), by=MAYA)
    bodies = {"public": "Sandbags.", "town": "Ladder truck.", "dispatch": "Gate 4711."}
    for audience, body in bodies.items():
        tickets.add_note(
            riverton,
            elm.id,
            body,
            audience=audience,  # type: ignore[arg-type]
            by=MAYA,
            at=NIGHT,
        )
    french = hydrant(
        place="120, rue des Pinsons", words="L’eau déborde près du trottoir"
    )
    pins = tickets.open(riverton, french, at=next(at), by=MAYA)
    return [elm, pins]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("drips ELM", ["12 Elm St"], id="words of two places, any case"),
        pytest.param("drip", ["12 Elm St"], id="a beginning"),
        pytest.param("sandbag", ["12 Elm St"], id="a public note"),
        pytest.param("ladder trucks", ["12 Elm St"], id="a note of the town, plural"),
        pytest.param("gate", [], id="not what is for dispatch alone"),
        pytest.param("elm street", ["12 Elm St"], id="a street written out"),
        pytest.param("12", ["12 Elm St"], id="a number is whole"),
        pytest.param("deborde TROTTOIRS", ["120, rue des Pinsons"], id="no accents"),
        pytest.param(
            "hydrants", ["120, rue des Pinsons", "12 Elm St"], id="its category"
        ),
        pytest.param("elm pinsons", [], id="every word or nothing"),
        pytest.param("the", [], id="a word that says nothing"),
        pytest.param("%_'\\", [], id="signs"),
    ],
)
def test_words_find_what_has_all_of_them(
    riverton: TenantSession, known: list[Ticket], text: str, places: list[str]
) -> None:
    assert said(riverton, text) == places


def test_what_was_done_is_found_and_a_desk_hears_of_gates(
    riverton: TenantSession, known: list[Ticket]
) -> None:
    elm = known[0]
    note = "New gasket fitted."
    tickets.close(riverton, elm.id, reason="done", note=note, by=ANA, at=NIGHT)

    everybody = frozenset({"public", "town", "dispatch"})

    assert said(riverton, "gasket") == ["12 Elm St"]
    assert said(riverton, "gate", heard=everybody) == ["12 Elm St"]


def test_what_is_rare_is_found_behind_what_is_new(
    riverton: TenantSession, known: list[Ticket]
) -> None:
    """Beyond the newest, where only the words themselves are read."""
    older = After(known[1].opened_at, known[1].id)

    found = tickets.listing(riverton, Filters(text="elm drips"), recent=(1,))
    rest = tickets.listing(riverton, Filters(text="hydrants"), after=older, recent=(1,))

    assert [row.id for row in found] == [known[0].id]
    assert [row.id for row in rest] == [known[0].id]


def test_older_tickets_give_their_words_once(
    riverton: TenantSession, engine_database: Database, known: list[Ticket]
) -> None:
    """As if they had been opened before any words were kept."""
    counted = select(func.count()).select_from(TicketWord)
    before = riverton.session.scalar(counted)
    riverton.session.execute(delete(TicketWord))
    riverton.session.commit()
    assert said(riverton, "elm") == []
    riverton.session.commit()

    read = read_back(engine_database, at=NIGHT)
    again = read_back(engine_database, at=NIGHT)

    assert (read, again) == (2, 0)
    assert riverton.session.scalar(counted) == before
    assert said(riverton, "ladder") == ["12 Elm St"]
    assert riverton.session.scalars(riverton.rows(WordsRead)).one().finished_at == NIGHT


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        pytest.param(Filters(channel="web"), [], id="the way it came"),
        pytest.param(Filters(channel="phone"), ["b", "a"], id="by telephone"),
        pytest.param(Filters(since=NIGHT + timedelta(hours=1)), ["b"], id="since"),
        pytest.param(Filters(until=NIGHT + timedelta(hours=1)), ["a"], id="until"),
        pytest.param(Filters(assignee=NOBODY), ["b", "a"], id="nobody's"),
        pytest.param(Filters(assignee=UUID(int=7)), [], id="somebody's"),
    ],
)
def test_a_list_keeps_to_its_further_filters(
    riverton: TenantSession, filters: Filters, found: list[str]
) -> None:
    tickets.open(riverton, hydrant(place="a"), at=NIGHT, by=MAYA)
    later = NIGHT + timedelta(hours=2)
    tickets.open(riverton, hydrant(place="b"), at=later, by=MAYA)

    assert [row.place for row in tickets.listing(riverton, filters)] == found


def test_a_promise_is_kept_by_whoever_comes_first(riverton: TenantSession) -> None:
    made = {
        place: tickets.open(riverton, main_break(place=place), at=NIGHT, by=MAYA)
        for place in ("there", "late", "waiting")
    }
    due = made["there"].promised_at
    late = due + timedelta(minutes=1)
    tickets.mark(riverton, made["there"].id, "on_site", by=ANA, at=NIGHT)
    tickets.mark(riverton, made["late"].id, "on_site", by=ANA, at=late)

    def found(state: tickets.Due, **at: object) -> set[str]:
        terms = {"at": NIGHT, "day_ends": DAY_ENDS, **at}
        promised = Promised(state=state, **terms)  # type: ignore[arg-type]
        return {
            row.place for row in tickets.listing(riverton, Filters(promised=promised))
        }

    assert found("kept") == {"there"}
    assert found("missed") == {"late"}
    assert found("missed", at=late) == {"late", "waiting"}
    assert found("due_today") == {"waiting"}
    assert found("due_later", day_ends=due) == {"waiting"}


def test_another_towns_words_find_nothing(
    riverton: TenantSession, sainte_aurore: TenantSession, known: list[Ticket]
) -> None:
    riverton.session.commit()

    assert said(sainte_aurore, "elm") == []
    assert sainte_aurore.session.scalar(select(func.count(TicketWord.id))) == 0


@given(st.text(max_size=80))
def test_whatever_is_kept_is_wanted_by_its_own_text(text: str) -> None:
    kept = words_of(text, longest=LONGEST)

    for word in wanted(text, longest=LONGEST):
        assert any(word.begins <= each < word.ends for each in kept)
