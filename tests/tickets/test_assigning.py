"""Whose ticket it is: one person's at a time, and only somebody's who may see it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import tickets
from tests.accounts import quickly_opened
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant
from tickets import AlreadyClosed, NotTheirTicket, Ticket
from townline import auth, proof
from townline.db import Database
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession, town

PRIYA = Actor("town", "Priya Nair")
LATER = NIGHT + timedelta(minutes=40)


@pytest.fixture
def leak(riverton: TenantSession) -> Ticket:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    return ticket


def hired(db: TenantSession, name: str, role: str, *departments: str) -> UUID:
    account = quickly_opened(
        db.session, f"{uuid4()}@hall.example", name=name, password="night-and-day"
    )
    auth.grant(db, account.id, role=role, departments=departments, at=NIGHT)
    return account.id


def give(db: TenantSession, ticket: Ticket, to: UUID | None) -> None:
    tickets.assign(db, ticket.id, to, by=PRIYA, at=LATER)


def told(db: TenantSession, ticket: Ticket) -> list[tuple[str, dict[str, object]]]:
    db.session.commit()
    entries = proof.timeline(db, ticket.id)
    return [(each.event, each.told()) for each in entries if "assigned" in each.event]


def test_a_ticket_is_given_passed_on_and_taken_away(
    riverton: TenantSession, leak: Ticket
) -> None:
    tom, lea = (hired(riverton, name, "dispatcher") for name in ("Tom", "Lea"))

    for to in (tom, tom, lea, None, None):
        give(riverton, leak, to)

    assert tickets.assignment(riverton, leak.id) is None
    assert told(riverton, leak) == [
        ("ticket.assigned", {"to": "Tom"}),
        ("ticket.assigned", {"to": "Lea", "was": "Tom"}),
        ("ticket.unassigned", {"was": "Lea"}),
    ]


def test_only_who_works_on_its_department_may_have_it(
    riverton: TenantSession, leak: Ticket
) -> None:
    hired(riverton, "Ann", "lead", leak.department)
    parks = hired(riverton, "Bo", "lead", "parks")
    reader = hired(riverton, "Cy", "viewer")

    offered = [each.name for each in tickets.assignees(riverton, leak.department)]
    assert offered == ["Ann"]
    for nobody in (parks, reader, uuid4()):
        with pytest.raises(NotTheirTicket):
            give(riverton, leak, nobody)


def test_a_closed_ticket_is_given_to_nobody(
    riverton: TenantSession, leak: Ticket
) -> None:
    tom = hired(riverton, "Tom", "manager")
    tickets.close(riverton, leak.id, reason="not_found", note="Dry", by=PRIYA, at=LATER)

    with pytest.raises(AlreadyClosed):
        give(riverton, leak, tom)


def test_a_tenant_cannot_assign_anothers_ticket(
    riverton: TenantSession, leak: Ticket, sainte_aurore: TenantSession
) -> None:
    claire = hired(sainte_aurore, "Claire", "manager")

    with pytest.raises(NotFound):
        give(sainte_aurore, leak, claire)
    with pytest.raises(NotTheirTicket):
        give(riverton, leak, claire)


def test_of_two_who_give_it_away_at_once_the_second_sees_the_first(
    riverton: TenantSession, leak: Ticket, database: Database
) -> None:
    tom, lea = (hired(riverton, name, "dispatcher") for name in ("Tom", "Lea"))
    riverton.session.commit()

    def at_once(to: UUID) -> None:
        with town(database, riverton.tenant_id) as db:
            give(db, leak, to)

    with ThreadPoolExecutor(2) as two:
        list(two.map(at_once, (tom, lea)))

    (_, first), (_, second) = told(riverton, leak)
    assert second["was"] == first["to"]
