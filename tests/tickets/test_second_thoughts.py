"""A ticket is opened again, goes on as another, or turns out to be two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

import tickets
from tenants.rules import promise
from tests.conftest import NIGHT
from tests.tickets.cast import ANA, MAYA, Onlooker, hydrant
from tickets import (
    AlreadyClosed,
    Caller,
    IntoClosed,
    IntoItself,
    MeToo,
    NotClosed,
    ReopenReasonNeeded,
    Ticket,
)
from tickets.duplicates import Joining
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


@pytest.fixture
def other(riverton: TenantSession) -> Ticket:
    """Bob's, of the same hydrant."""
    ticket = tickets.open(
        riverton, hydrant(caller=BOB, words="It runs."), at=NIGHT, by=MAYA
    )
    riverton.session.commit()
    return ticket


def close(db: TenantSession, ticket: Ticket, note: str = "Tightened the cap.") -> None:
    tickets.close(db, ticket.id, reason="done", note=note, by=ANA, at=NEXT_DAY)


def reopen(db: TenantSession, ticket: Ticket, why: str = "It drips again.") -> Ticket:
    return tickets.reopen(db, ticket.id, reason=why, by=PRIYA, at=NEXT_DAY)


def merge(db: TenantSession, ticket: Ticket, into: Ticket) -> Ticket:
    return tickets.merge(db, ticket.id, into.id, by=PRIYA, at=NEXT_DAY)


def names(db: TenantSession, ticket: Ticket) -> list[str | None]:
    return [each.name for each in tickets.reporters(db, ticket.id)]


def told(db: TenantSession, ticket: Ticket, event: str) -> dict[str, object]:
    db.session.commit()
    entries = proof.timeline(db, ticket.id)
    return next(each.told() for each in entries if each.event == event)


def test_a_ticket_opened_again_has_a_new_promise_and_may_be_closed_again(
    riverton: TenantSession, leak: Ticket, onlooker: Onlooker
) -> None:
    before = leak.promised_at
    tickets.mark(riverton, leak.id, "on_site", by=ANA, at=NEXT_DAY)
    close(riverton, leak)

    reopen(riverton, leak)

    assert leak.closed_at is None
    assert leak.promised_at - NEXT_DAY == before - NIGHT
    assert tickets.closure(riverton, leak.id) is None
    assert tickets.milestones(riverton, leak.id) == []
    [kept] = tickets.reopenings(riverton, leak.id)
    assert (kept.closed_as, kept.closing_note) == ("done", "Tightened the cap.")
    assert (kept.promised_at, list(kept.reached)) == (before, ["on_site"])
    close(riverton, leak, "Put a new gasket in.")
    assert onlooker.seen == ["on_site", "closed", "reopened", "closed"]
    assert told(riverton, leak, "ticket.reopened")["reason"] == "It drips again."


def test_whoever_joined_is_promised_anew_in_their_language(
    riverton: TenantSession, leak: Ticket
) -> None:
    too = MeToo(client_key=uuid4(), caller=BOB)
    bob = tickets.join(riverton, leak.id, too, at=NIGHT, by=MAYA)
    close(riverton, leak)

    reopen(riverton, leak)

    town = tickets.rules_now(riverton, leak).town
    anew = promise(town, town.category(leak.category), at=NEXT_DAY)
    assert (bob.promised_at, bob.promise) == (anew.due, anew.say.in_("fr"))


@pytest.mark.parametrize(
    ("state", "why", "refusal"),
    [
        pytest.param("open", "Why not", NotClosed, id="what is open"),
        pytest.param("closed", "  ", ReopenReasonNeeded, id="without a reason"),
        pytest.param("closed", "x" * 4001, Invalid, id="with a book for a reason"),
    ],
)
def test_it_is_not_opened_again(
    riverton: TenantSession,
    leak: Ticket,
    state: str,
    why: str,
    refusal: type[Exception],
) -> None:
    if state == "closed":
        close(riverton, leak)

    with pytest.raises(refusal):
        reopen(riverton, leak, why)


def test_a_merged_tickets_callers_wait_for_the_one_that_stays(
    riverton: TenantSession, leak: Ticket, other: Ticket, onlooker: Onlooker
) -> None:
    merge(riverton, other, leak)

    assert names(riverton, leak) == ["Helen Marsh", "Bob Lang"]
    [_, bob] = tickets.reporters(riverton, leak.id)
    assert (bob.promised_at, bob.promise) == (other.promised_at, other.promise)
    assert other.closed_at == NEXT_DAY
    closure = tickets.closure(riverton, other.id)
    assert closure is not None
    assert closure.reason == "duplicate"
    assert [each.id for each in tickets.merged_into(riverton, leak.id)] == [other.id]
    [note] = tickets.notes(riverton, leak.id)
    assert (note.audience, note.body) == (
        "dispatch",
        f"{other.tracking}: Elm St and 4th Ave It runs.",
    )
    assert onlooker.seen == ["merged"]
    assert told(riverton, other, "ticket.merged")["into"] == leak.tracking
    assert told(riverton, leak, "ticket.merged")["from"] == other.tracking


def test_who_asked_for_both_is_not_counted_twice(
    riverton: TenantSession, leak: Ticket
) -> None:
    again = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)

    merge(riverton, again, leak)

    assert names(riverton, leak) == ["Helen Marsh"]


def test_opened_again_a_merged_ticket_gets_its_callers_back(
    riverton: TenantSession, leak: Ticket, other: Ticket
) -> None:
    eve = tickets.join(
        riverton,
        other.id,
        MeToo(client_key=uuid4(), caller=Caller(identity="anonymous")),
        at=NIGHT,
        by=MAYA,
    )
    merge(riverton, other, leak)
    assert tickets.by_number(riverton, eve.lookup or "").id == leak.id

    reopen(riverton, other, "That is the hydrant across the street.")

    assert names(riverton, other) == ["Bob Lang", None]
    assert names(riverton, leak) == ["Helen Marsh"]
    assert tickets.merging(riverton, other.id) is None
    joined = riverton.session.scalars(riverton.rows(Joining)).all()
    assert [(each.reporter_id, each.ticket_id) for each in joined] == [
        (eve.id, other.id)
    ]


def test_who_was_merged_by_mistake_can_be_given_their_own_ticket(
    riverton: TenantSession, leak: Ticket, other: Ticket
) -> None:
    merge(riverton, other, leak)
    [_, bob] = tickets.reporters(riverton, leak.id)

    own = tickets.take_back(riverton, bob.id, reason="Not it", at=NEXT_DAY, by=MAYA)

    assert names(riverton, own) == ["Bob Lang"]
    reopen(riverton, other)
    assert names(riverton, other) == []


def test_only_two_open_tickets_are_merged(
    riverton: TenantSession, leak: Ticket, other: Ticket
) -> None:
    with pytest.raises(IntoItself):
        merge(riverton, leak, leak)
    close(riverton, leak)
    with pytest.raises(AlreadyClosed):
        merge(riverton, leak, other)
    with pytest.raises(IntoClosed):
        merge(riverton, other, leak)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda db, mine, _: reopen(db, mine), id="open it again"),
        pytest.param(merge, id="merge it"),
        pytest.param(lambda db, mine, own: merge(db, own, mine), id="merge into it"),
    ],
)
def test_a_tenant_cannot_have_second_thoughts_about_anothers_ticket(
    riverton: TenantSession,
    leak: Ticket,
    sainte_aurore: TenantSession,
    act: Callable[[TenantSession, Ticket, Ticket], object],
) -> None:
    theirs = hydrant(category="nid-de-poule", place="2e Rue", answers={})
    own = tickets.open(sainte_aurore, theirs, at=NIGHT, by=MAYA)

    with pytest.raises(NotFound):
        act(sainte_aurore, leak, own)
