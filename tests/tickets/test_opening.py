from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

import tickets
from notify import Notification
from tests.conftest import NIGHT
from tests.tickets.cast import HELEN, MAYA, Onlooker, hydrant, main_break
from tickets import Caller, Reporter, Ticket
from tickets.opening import insert_once
from tickets.rules.tracking import read
from townline import proof
from townline.db import Database, new_id
from townline.errors import Invalid, NotFound
from townline.tenancy import TenantSession, town

pytestmark = pytest.mark.usefixtures("onlooker")


def test_a_request_becomes_a_ticket_with_a_number_and_a_promise(
    riverton: TenantSession,
) -> None:
    ticket = tickets.open(riverton, main_break(read_back=True), at=NIGHT, by=MAYA)

    assert read(ticket.tracking, prefix="RIV") == ticket.tracking
    assert (ticket.kind, ticket.level, ticket.department) == ("problem", 1, "water")
    assert ticket.promised_at == NIGHT + timedelta(minutes=90)
    assert ticket.promise.endswith("on site by 3:42\u00a0a.m.")
    assert (ticket.opened_by, ticket.read_back_at) == ("Maya Okafor", NIGHT)
    assert ticket.answers[0] == {"question": "flow", "answer": "stream"}


def test_an_answer_raises_the_level_of_the_ticket(riverton: TenantSession) -> None:
    struck = hydrant(answers={"state": "struck"})

    assert tickets.open(riverton, struck, at=NIGHT, by=MAYA).level == 2


def test_what_is_logged_names_no_resident(riverton: TenantSession) -> None:
    intake = hydrant(level=1, level_reason="A nursing home has no water")

    ticket = tickets.open(riverton, intake, at=NIGHT, by=MAYA)
    riverton.session.commit()

    (entry,) = tickets.history(riverton, ticket.id)
    assert (entry.event, entry.actor) == ("ticket.opened", "agent Maya Okafor")
    assert entry.told()["level_reason"] == "A nursing home has no water"
    assert not any(
        secret in entry.facts for secret in ("Helen", "555", "example.org", "drips")
    )


def test_a_faulty_request_makes_no_ticket(
    riverton: TenantSession, onlooker: Onlooker
) -> None:
    with pytest.raises(Invalid) as refused:
        tickets.open(riverton, hydrant(place=""), at=NIGHT, by=MAYA)

    assert refused.value.field == "place"
    assert tickets.listing(riverton) == []
    assert onlooker.seen == []


def test_a_double_click_makes_one_ticket(
    riverton: TenantSession, onlooker: Onlooker
) -> None:
    intake = hydrant()

    first = tickets.open(riverton, intake, at=NIGHT, by=MAYA)
    riverton.session.commit()
    second = tickets.open(riverton, intake, at=NIGHT, by=MAYA)

    assert second.id == first.id
    assert onlooker.seen == ["opened"]
    assert len(promised(riverton)) == 1


def test_two_transactions_at_once_make_one_ticket(
    database: Database, towns: dict[str, UUID], clean: None, onlooker: Onlooker
) -> None:
    intake, both_ready = main_break(), Barrier(2)

    def send() -> UUID:
        with town(database, towns["riverton"]) as db:
            db.session.connection()
            both_ready.wait(timeout=10)
            return tickets.open(db, intake, at=NIGHT, by=MAYA).id

    with ThreadPoolExecutor(2) as pool:
        first, second = [each.result() for each in [pool.submit(send) for _ in "ab"]]

    assert first == second
    assert onlooker.seen == ["opened"]
    with town(database, towns["riverton"]) as db:
        assert len(promised(db)) == 1
        assert proof.verify(db).entries == 1


def test_a_taken_number_is_drawn_again(riverton: TenantSession) -> None:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    names = [column.key for column in Ticket.__table__.columns]
    again = {name: getattr(ticket, name) for name in names}
    again |= {"id": new_id(), "client_key": uuid4()}
    drawn: Iterator[str] = iter([ticket.tracking, "RIV-100-200-1", "never drawn"])

    insert_once(riverton, again, numbers=drawn)

    assert next(drawn) == "never drawn"
    assert {row.tracking for row in tickets.listing(riverton)} == {
        ticket.tracking,
        "RIV-100-200-1",
    }


def test_an_anonymous_caller_leaves_nothing_behind(riverton: TenantSession) -> None:
    caller = Caller(
        identity="anonymous", name="Helen Marsh", phone="312 555 0142", tell_by="sms"
    )

    ticket = tickets.open(riverton, hydrant(caller=caller), at=NIGHT, by=MAYA)

    (reporter,) = tickets.reporters(riverton, ticket.id)
    kept = (reporter.name, reporter.phone, reporter.email, reporter.tell_by)
    assert kept == (None, None, None, "none")
    assert promised(riverton) == []


def test_a_resident_who_wants_it_is_told_number_and_promise(
    riverton: TenantSession,
) -> None:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)

    (message,) = promised(riverton)
    assert message.key == f"ticket:{ticket.id}:opened"
    assert (message.channel, message.destination) == ("sms", "+13125550142")
    assert (message.template, message.purpose) == ("resident_opened", "news")
    assert message.context["tracking"] == ticket.tracking
    assert message.context["promise"] == ticket.promise


def test_who_wants_a_letter_gets_a_letter(riverton: TenantSession) -> None:
    caller = Caller(email="helen@example.org", tell_by="email")

    tickets.open(riverton, hydrant(caller=caller), at=NIGHT, by=MAYA)

    (message,) = promised(riverton)
    assert (message.channel, message.destination) == ("email", "helen@example.org")


def test_who_wants_to_hear_nothing_hears_nothing(riverton: TenantSession) -> None:
    quiet = Caller(phone=HELEN.phone)

    tickets.open(riverton, hydrant(caller=quiet), at=NIGHT, by=MAYA)

    assert promised(riverton) == []


def test_a_second_caller_joins_and_is_told_the_same(riverton: TenantSession) -> None:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    sam = Caller(name="Sam Lee", phone="312 555 0177", tell_by="sms")
    me_too = tickets.MeToo(client_key=uuid4(), caller=sam)

    for _ in ("once", "and by a double click"):
        tickets.join(riverton, ticket.id, me_too, at=NIGHT, by=MAYA)

    names = [each.name for each in tickets.reporters(riverton, ticket.id)]
    assert names == ["Helen Marsh", "Sam Lee"]
    told = {message.destination for message in promised(riverton)}
    assert told == {"+13125550142", "+13125550177"}


def test_nobody_joins_a_closed_ticket(riverton: TenantSession) -> None:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    tickets.close(
        riverton, ticket.id, reason="done", note="Tightened.", by=MAYA, at=NIGHT
    )
    me_too = tickets.MeToo(client_key=uuid4(), caller=HELEN)

    with pytest.raises(tickets.AlreadyClosed):
        tickets.join(riverton, ticket.id, me_too, at=NIGHT, by=MAYA)


def test_a_town_cannot_join_anothers_ticket(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    me_too = tickets.MeToo(client_key=uuid4(), caller=HELEN)

    with pytest.raises(NotFound):
        tickets.join(sainte_aurore, ticket.id, me_too, at=NIGHT, by=MAYA)


def test_a_town_cannot_find_anothers_ticket_by_its_client_key(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    tickets.open(riverton, intake := hydrant(), at=NIGHT, by=MAYA)
    riverton.session.commit()

    with pytest.raises(Invalid):
        tickets.open(sainte_aurore, intake, at=NIGHT, by=MAYA)

    count = select(func.count()).select_from(Reporter)
    assert sainte_aurore.session.scalar(count) == 0


def promised(db: TenantSession) -> list[Notification]:
    db.session.flush()
    return list(db.session.scalars(db.rows(Notification)))
