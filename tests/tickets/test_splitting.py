"""A second problem is taken out of a ticket: a number, a promise and a relay more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

import tickets
from notify import Notification
from tests.conftest import NIGHT
from tests.tickets.cast import HELEN, MAYA, Onlooker, hydrant
from tickets import Caller, NoSuchReporter, Part, Ticket
from townline import proof
from townline.errors import Invalid, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

PRIYA = Actor("town", "Priya Nair")
BOB = Caller(name="Bob Lang", phone="(312) 555-0199", tell_by="sms", language="fr")
NEXT_DAY = NIGHT + timedelta(days=1)


@pytest.fixture
def leak(riverton: TenantSession) -> Ticket:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    return ticket


def names(db: TenantSession, ticket: Ticket) -> list[str | None]:
    return [each.name for each in tickets.reporters(db, ticket.id)]


def told(db: TenantSession, ticket: Ticket, event: str) -> dict[str, object]:
    db.session.commit()
    entries = proof.timeline(db, ticket.id)
    return next(each.told() for each in entries if each.event == event)


def part(
    ticket: Ticket, reporters: tuple[UUID, ...], changes: dict[str, Any] | None = None
) -> Part:
    told: dict[str, Any] = {
        "client_key": uuid4(),
        "category": "pothole",
        "place": ticket.place,
        "words": "A hole beside the hydrant.",
        "reporters": reporters,
    }
    return Part(**{**told, **(changes or {})})


def test_the_second_problem_gets_its_own_number_and_the_first_keeps_its_callers(
    riverton: TenantSession, leak: Ticket, onlooker: Onlooker
) -> None:
    [helen] = tickets.reporters(riverton, leak.id)
    asked = part(leak, (helen.id,))

    hole = tickets.split(riverton, leak.id, asked, by=PRIYA, at=NEXT_DAY)
    again = tickets.split(riverton, leak.id, asked, by=PRIYA, at=NEXT_DAY)

    assert hole.id == again.id
    assert (hole.category, hole.parent_id) == ("pothole", leak.id)
    assert names(riverton, hole) == names(riverton, leak) == [HELEN.name]
    assert onlooker.seen == ["opened"]
    assert told(riverton, leak, "ticket.split") == {"into": hole.tracking}
    news = riverton.rows(Notification).where(Notification.subject_id == hole.id)
    [hello] = riverton.session.scalars(news)
    assert hello.template == "resident_opened"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"category": "unicorn"}, "category", id="a category of nobody's"),
        pytest.param({"place": " "}, "place", id="nowhere"),
        pytest.param({"place": "x" * 201}, "place", id="too long a place"),
        pytest.param({"words": ""}, "words", id="nothing said"),
        pytest.param({"reporters": ()}, "reporters", id="nobody's"),
    ],
)
def test_a_part_that_nobody_can_act_on_is_refused(
    riverton: TenantSession, leak: Ticket, changes: dict[str, Any], field: str
) -> None:
    [helen] = tickets.reporters(riverton, leak.id)

    with pytest.raises(Invalid) as refused:
        tickets.split(
            riverton,
            leak.id,
            part(leak, (helen.id,), changes),
            by=PRIYA,
            at=NEXT_DAY,
        )

    assert refused.value.field == field


def test_nobody_of_another_ticket_is_taken_into_a_part(
    riverton: TenantSession, leak: Ticket
) -> None:
    other = tickets.open(riverton, hydrant(caller=BOB), at=NIGHT, by=MAYA)
    [bob] = tickets.reporters(riverton, other.id)

    with pytest.raises(NoSuchReporter):
        tickets.split(riverton, leak.id, part(leak, (bob.id,)), by=PRIYA, at=NEXT_DAY)


def test_a_tenant_cannot_split_anothers_ticket(
    sainte_aurore: TenantSession, leak: Ticket
) -> None:
    with pytest.raises(NotFound):
        tickets.split(sainte_aurore, leak.id, part(leak, ()), by=PRIYA, at=NEXT_DAY)
