"""Me too: once, however often and however many at a time; and taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import tickets
from notify import Notification
from tests.conftest import NIGHT
from tests.tickets.cast import HELEN, MAYA, hydrant
from tickets import AlreadyTakenBack, Caller, MeToo, NotAMeToo, Reporter, Ticket
from tickets.duplicates import Joining
from townline.db import Database
from townline.errors import Invalid, NotFound
from townline.tenancy import TenantSession, town

BOB = Caller(name="Bob Lang", phone="(312) 555-0199", tell_by="sms", language="fr")
LATER = NIGHT + timedelta(minutes=40)


@pytest.fixture
def leak(riverton: TenantSession) -> Ticket:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    return ticket


def too(caller: Caller = BOB) -> MeToo:
    return MeToo(
        client_key=uuid4(),
        caller=caller,
        category="pothole",
        place="9 Oak St",
        latitude=41.88,
        longitude=-87.63,
    )


def join(db: TenantSession, ticket: Ticket, me_too: MeToo) -> Reporter:
    return tickets.join(db, ticket.id, me_too, at=LATER, by=MAYA)


def test_who_is_added_is_promised_what_is_still_to_come(
    riverton: TenantSession, leak: Ticket
) -> None:
    bob = join(riverton, leak, too())

    assert bob.promised_at == leak.promised_at
    assert bob.promise == leak.promise


def test_a_promise_that_has_passed_is_not_given_again(
    riverton: TenantSession, leak: Ticket
) -> None:
    late = leak.promised_at + timedelta(hours=1)

    bob = tickets.join(riverton, leak.id, too(), at=late, by=MAYA)

    assert bob.promised_at is not None
    assert bob.promised_at > late


def test_who_calls_twice_about_one_thing_is_one_caller(
    riverton: TenantSession, leak: Ticket
) -> None:
    first = join(riverton, leak, too())

    second = join(riverton, leak, too())

    assert first.id == second.id
    helen = join(riverton, leak, too(HELEN))
    assert helen.client_key == leak.client_key


def test_two_at_once_with_one_key_are_one(
    database: Database, riverton: TenantSession, leak: Ticket
) -> None:
    same = too()

    def send(_: int) -> UUID:
        with town(database, riverton.tenant_id) as db:
            return join(db, leak, same).id

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(send, range(4)))

    assert len(made) == 1
    assert len(tickets.reporters(riverton, leak.id)) == 2


def test_of_an_anonymous_me_too_nothing_is_kept(
    riverton: TenantSession, leak: Ticket
) -> None:
    nobody = join(riverton, leak, too(Caller(identity="anonymous", phone=BOB.phone)))

    joining = riverton.session.scalars(riverton.rows(Joining)).one()
    assert (nobody.name, nobody.phone, nobody.email) == (None, None, None)
    assert (joining.place, joining.latitude, joining.longitude) == ("", None, None)


def test_what_was_taken_back_is_a_ticket_with_a_number_and_news_of_its_own(
    riverton: TenantSession, leak: Ticket
) -> None:
    bob = join(riverton, leak, too())

    own = tickets.take_back(riverton, bob.id, reason="A pothole.", at=LATER, by=MAYA)

    assert (own.category, own.place) == ("pothole", "9 Oak St")
    assert bob.ticket_id == own.id
    riverton.session.commit()
    [told] = riverton.session.scalars(
        riverton.rows(Notification).where(Notification.subject_id == own.id)
    )
    assert (told.template, told.destination) == ("resident_opened", bob.phone)
    assert [each.event for each in tickets.history(riverton, own.id)][-1] == (
        "ticket.me_too_taken_back"
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(riverton: TenantSession, leak: Ticket, reason: str) -> None:
    bob = join(riverton, leak, too())

    with pytest.raises(Invalid):
        tickets.take_back(riverton, bob.id, reason=reason, at=LATER, by=MAYA)


def test_it_is_taken_back_once(riverton: TenantSession, leak: Ticket) -> None:
    bob = join(riverton, leak, too())
    tickets.take_back(riverton, bob.id, reason="Other", at=LATER, by=MAYA)

    with pytest.raises(AlreadyTakenBack):
        tickets.take_back(riverton, bob.id, reason="Other", at=LATER, by=MAYA)


def test_who_asked_first_cannot_be_taken_off(
    riverton: TenantSession, leak: Ticket
) -> None:
    [helen] = tickets.reporters(riverton, leak.id)

    with pytest.raises(NotAMeToo):
        tickets.take_back(riverton, helen.id, reason="Other", at=LATER, by=MAYA)


def test_shelbyville_can_neither_join_nor_take_back(
    riverton: TenantSession, sainte_aurore: TenantSession, leak: Ticket
) -> None:
    bob = join(riverton, leak, too())

    with pytest.raises(NotFound):
        join(sainte_aurore, leak, too())
    with pytest.raises(NotFound):
        tickets.take_back(sainte_aurore, bob.id, reason="Other", at=LATER, by=MAYA)
