"""What the desk finds while an agent types: near, alike, recent, of this town only."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import HELEN, MAYA, hydrant, main_break
from tickets import Caller, Intake, MeToo, Ticket
from tickets.duplicates import Candidate, Typed, search
from townline.tenancy import TenantSession

ELM = (41.8810, -87.6310)
LEAK = Typed(
    category="fire-hydrant",
    place="Elm St & 4th Ave",
    latitude=ELM[0],
    longitude=ELM[1],
    words="A hydrant drips",
)


def known(
    db: TenantSession, intake: Intake | None = None, *, at: datetime = NIGHT
) -> Ticket:
    placed = intake or hydrant(latitude=ELM[0], longitude=ELM[1])
    return tickets.open(db, placed, at=at, by=MAYA)


def found(
    db: TenantSession, typed: Typed = LEAK, *, minutes: int = 5
) -> tuple[Candidate, ...]:
    return search(db, typed, at=NIGHT + timedelta(minutes=minutes))


def test_what_somebody_called_about_five_minutes_ago_is_found(
    riverton: TenantSession,
) -> None:
    ticket = known(riverton)

    (candidate,) = found(riverton)

    assert candidate.tracking == ticket.tracking
    assert candidate.metres == 0
    assert (candidate.same_place, candidate.same_category) == (True, True)
    assert candidate.shares_words


def test_shelbyville_sees_nothing(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    known(riverton)

    assert search(sainte_aurore, LEAK, at=NIGHT + timedelta(minutes=5)) == ()


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param({"latitude": ELM[0] + 0.01}, id="a kilometre away"),
        pytest.param({"category": "pothole"}, id="of another department"),
    ],
)
def test_what_is_elsewhere_or_of_another_kind_is_not(
    riverton: TenantSession, elsewhere: dict[str, object]
) -> None:
    known(riverton)

    typed = Typed(
        **{
            "category": LEAK.category,
            "latitude": ELM[0],
            "longitude": ELM[1],
            **elsewhere,  # type: ignore[arg-type]
        }
    )

    assert found(riverton, typed) == ()


def test_the_nearer_and_the_newer_come_first(riverton: TenantSession) -> None:
    known(riverton, hydrant(latitude=ELM[0] + 0.002, longitude=ELM[1]))
    near = known(riverton)
    old = known(riverton, at=NIGHT - timedelta(days=9))

    order = [each.id for each in found(riverton)]

    assert order[:2] == [near.id, old.id]


def test_a_month_later_it_is_another_problem(riverton: TenantSession) -> None:
    known(riverton, at=NIGHT - timedelta(days=31))

    assert found(riverton) == ()


def test_what_was_closed_this_morning_still_answers_a_call(
    riverton: TenantSession,
) -> None:
    ticket = known(riverton, at=NIGHT - timedelta(hours=3))
    done = NIGHT - timedelta(hours=1)
    tickets.close(
        riverton, ticket.id, reason="done", note="Valve shut", by=MAYA, at=done
    )

    (candidate,) = found(riverton)

    assert not candidate.is_open(at=NIGHT)


def test_an_address_without_a_point_is_found_by_its_words(
    riverton: TenantSession,
) -> None:
    ticket = known(riverton, hydrant())

    (candidate,) = found(
        riverton, Typed(category="fire-hydrant", place="4th avenue and ELM street")
    )

    assert (candidate.id, candidate.metres) == (ticket.id, None)


def test_before_the_category_is_chosen_the_place_is_enough(
    riverton: TenantSession,
) -> None:
    ticket = known(riverton)

    (candidate,) = found(
        riverton, Typed(place="Elm St and 4th Ave", latitude=ELM[0], longitude=ELM[1])
    )

    assert candidate.id == ticket.id


def test_nothing_typed_finds_nothing(riverton: TenantSession) -> None:
    known(riverton)

    assert found(riverton, Typed(words="water everywhere")) == ()


def test_everybody_who_was_added_counts(riverton: TenantSession) -> None:
    ticket = known(riverton)
    before = found(riverton)[0].score
    caller = Caller(name="Bob Lang", phone="(312) 555-0199")
    me_too = MeToo(client_key=uuid4(), caller=caller)
    tickets.join(riverton, ticket.id, me_too, at=NIGHT, by=MAYA)

    (candidate,) = found(riverton)

    assert candidate.callers == 2
    assert candidate.score > before


def test_an_emergency_and_a_leak_of_one_department_are_compared(
    riverton: TenantSession,
) -> None:
    ticket = known(riverton, main_break(latitude=ELM[0], longitude=ELM[1]))

    (candidate,) = found(riverton)

    assert (candidate.id, candidate.same_category) == (ticket.id, False)
    assert HELEN.name
