"""Several problems in one call, anonymous callers who ask again, sheets of paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant, main_break
from tickets import Caller, MeToo, Misheard, NoSuchSheet, NotASheetNumber
from tickets.rules import lookups, paper
from townline import proof
from townline.db import new_id
from townline.errors import NotFound
from townline.tenancy import TenantSession

pytestmark = pytest.mark.usefixtures("onlooker")


def test_the_tickets_of_one_call_know_each_other(riverton: TenantSession) -> None:
    first = tickets.open(riverton, main_break(), at=NIGHT, by=MAYA)
    second = tickets.open(riverton, hydrant(parent_id=first.id), at=NIGHT, by=MAYA)
    third = tickets.open(riverton, hydrant(parent_id=second.id), at=NIGHT, by=MAYA)

    assert [each.parent_id for each in (second, third)] == [first.id, first.id]
    assert tickets.linked(riverton, first) == [second, third]
    assert tickets.linked(riverton, third) == [first, second]


def test_each_keeps_its_own_category_place_and_promise(riverton: TenantSession) -> None:
    first = tickets.open(riverton, main_break(), at=NIGHT, by=MAYA)
    leak = hydrant(parent_id=first.id, place="9th Ave")
    second = tickets.open(riverton, leak, at=NIGHT, by=MAYA)

    assert (second.place, second.level) == ("9th Ave", 3)
    assert second.promised_at != first.promised_at
    assert second.tracking != first.tracking


def test_the_log_names_the_first_ticket_of_the_call(riverton: TenantSession) -> None:
    first = tickets.open(riverton, main_break(), at=NIGHT, by=MAYA)
    second = tickets.open(riverton, hydrant(parent_id=first.id), at=NIGHT, by=MAYA)
    riverton.session.commit()

    opened = proof.timeline(riverton, second.id)[0]

    assert opened.told()["linked_to"] == first.tracking


def test_a_ticket_cannot_be_linked_to_anothers_town(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    first = tickets.open(riverton, main_break(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    there = hydrant(
        category="eau-coloree", answers={}, parent_id=first.id, caller=Caller()
    )

    with pytest.raises(NotFound):
        tickets.open(sainte_aurore, there, at=NIGHT, by=MAYA)


def test_an_anonymous_caller_finds_their_ticket_by_a_code(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    secret = hydrant(caller=Caller(identity="anonymous", phone="312 555 0142"))
    ticket = tickets.open(riverton, secret, at=NIGHT, by=MAYA)

    [reporter] = tickets.reporters(riverton, ticket.id)

    code = reporter.lookup or ""
    assert code.startswith("RIVA-")
    assert tickets.by_number(riverton, code.lower().replace("-", " ")) == ticket
    with pytest.raises(NotFound):
        tickets.by_number(sainte_aurore, code)


def test_whoever_joins_anonymously_has_a_code_of_their_own(
    riverton: TenantSession,
) -> None:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    nobody = MeToo(client_key=new_id(), caller=Caller(identity="anonymous"))

    joined = tickets.join(riverton, ticket.id, nobody, at=NIGHT, by=MAYA)

    codes = [each.lookup for each in tickets.reporters(riverton, ticket.id)]
    assert codes == [None, joined.lookup]
    assert joined.lookup


def test_sheets_are_numbered_ahead_and_never_twice(riverton: TenantSession) -> None:
    first = tickets.sheets.reserve(riverton, 3, at=NIGHT, by=MAYA)
    more = tickets.sheets.reserve(riverton, 2, at=NIGHT, by=MAYA)

    assert [each.number for each in (*first, *more)] == [1, 2, 3, 4, 5]
    assert tickets.sheets.named(riverton, first[0]).startswith("RIV-P-0001-")


def test_a_sheet_of_another_town_is_not_there(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    [sheet] = tickets.sheets.reserve(riverton, 1, at=NIGHT, by=MAYA)
    riverton.session.commit()
    named = tickets.sheets.named(riverton, sheet)

    assert tickets.sheets.sheet(riverton, named) == sheet
    with pytest.raises(NoSuchSheet):
        tickets.sheets.sheet(sainte_aurore, named)


def test_a_ticket_from_paper_is_promised_from_when_the_call_came(
    riverton: TenantSession,
) -> None:
    spoken = tickets.open(riverton, main_break(), at=NIGHT, by=MAYA)
    written = main_break(called_at=NIGHT)

    later = tickets.open(riverton, written, at=NIGHT + timedelta(hours=2), by=MAYA)

    assert later.promised_at == spoken.promised_at
    assert later.opened_at == NIGHT + timedelta(hours=2)


@given(number=st.integers(1, 9_999_999))
def test_a_sheets_number_reads_as_it_was_printed(number: int) -> None:
    printed = paper.numbered("RIV", number)

    assert paper.read(printed) == number
    assert paper.read(printed.lower().replace("-", " ")) == number


@given(number=st.integers(1, 9_999), at=st.integers(0, 4), digit=st.integers(0, 9))
def test_one_wrong_digit_is_never_another_sheet(
    number: int, at: int, digit: int
) -> None:
    digits = [each for each in paper.numbered("RIV", number) if each.isdigit()]
    assume(digits[at] != str(digit))
    digits[at] = str(digit)

    with pytest.raises(Misheard):
        paper.read("RIV-P-" + "".join(digits))


@pytest.mark.parametrize("written", ["", "RIV-482-731-7", "P", "RIV-P-12-3"])
def test_what_is_no_sheets_number_says_what_one_looks_like(written: str) -> None:
    with pytest.raises(NotASheetNumber):
        paper.read(written)


@given(drawn=st.integers(0, 999_999))
def test_a_code_is_read_however_it_is_said(drawn: int) -> None:
    code = lookups.drawn("RIV", lambda _: drawn, draw=0)

    assert lookups.is_one(code)
    assert lookups.read(code.replace("-", "").lower()) == code


def test_a_tracking_number_is_no_code() -> None:
    assert not lookups.is_one("RIV-482-731-7")
