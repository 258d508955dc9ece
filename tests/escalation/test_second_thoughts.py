"""A ticket opened again has a relay again; two that are one have one between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import escalation
import tickets
from escalation import GraverThanIt, HeldByACrew
from escalation.models import RunRow
from escalation.rules.merging import Hindrance, Side, hindrance, spared
from notify import Notification
from tests.escalation.conftest import main_break
from tests.escalation.ladders import minutes
from tests.escalation.relays import promised, standing, timeline
from tests.escalation.test_races import at_once
from tests.plugs import plugged
from tickets import Ticket
from townline.db import Database
from townline.errors import NotFound, Problem
from townline.proof import Actor
from townline.tenancy import TenantSession, town

PRIYA = Actor("town", "Priya Nair")
DAN, ANA = "dan-ortiz", "ana-ruiz"


@pytest.fixture(autouse=True)
def joined_up() -> Iterator[None]:
    with plugged():
        yield


@pytest.fixture
def pair(riverton: TenantSession) -> tuple[Ticket, Ticket]:
    """Two tickets of one main break, each with a relay that nobody has answered."""
    two = main_break(riverton), main_break(riverton)
    riverton.session.commit()
    return two


def accept(db: TenantSession, ticket: Ticket, contact: str) -> str:
    run_id = standing(db, ticket.id).run_id
    return escalation.accept(db, run_id, contact=contact, via="sms", at=minutes(3))


def close(db: TenantSession, ticket: Ticket) -> None:
    note = "Nothing to be seen there."
    tickets.close(
        db, ticket.id, reason="not_found", note=note, by=PRIYA, at=minutes(20)
    )


def reopen(db: TenantSession, ticket: Ticket) -> None:
    tickets.reopen(db, ticket.id, reason="It runs.", by=PRIYA, at=minutes(60))


def merge(db: TenantSession, ticket: Ticket, into: Ticket) -> None:
    escalation.merge(db, ticket.id, into.id, by=PRIYA, at=minutes(4))


def runs(db: TenantSession, *of: Ticket) -> list[str]:
    """Their states, the oldest first."""
    db.session.expire_all()
    theirs = db.rows(RunRow).where(RunRow.ticket_id.in_([each.id for each in of]))
    return [each.state for each in db.session.scalars(theirs.order_by(RunRow.id))]


@pytest.mark.parametrize(
    ("ticket", "into", "because"),
    [
        pytest.param(Side(3), Side(3), None, id="nobody has either"),
        pytest.param(Side(4), Side(1), None, id="into a graver one"),
        pytest.param(Side(1), Side(2), "graver", id="out of a graver one"),
        pytest.param(Side(3), Side(3, (ANA,)), None, id="into one that a crew has"),
        pytest.param(Side(3, (ANA,)), Side(3), "held", id="a crew has only this"),
        pytest.param(Side(3, (ANA,)), Side(3, (DAN,)), None, id="each has a crew"),
        pytest.param(Side(1, (ANA,)), Side(2), "graver", id="both reasons"),
    ],
)
def test_no_relay_is_lost_by_merging(
    ticket: Side, into: Side, because: Hindrance | None
) -> None:
    assert hindrance(ticket, into) == because


def test_who_has_the_other_too_is_spared_nothing() -> None:
    assert spared(Side(3, (ANA, DAN)), Side(3, (ANA,))) == (DAN,)


def test_a_ticket_opened_again_is_relayed_again_from_the_foot(
    riverton: TenantSession, ticket: Ticket
) -> None:
    assert accept(riverton, ticket, DAN).startswith("You have it")
    old = standing(riverton, ticket.id).run_id
    close(riverton, ticket)

    reopen(riverton, ticket)

    assert runs(riverton, ticket) == ["closed", "running"]
    assert standing(riverton, ticket.id).holders == ()
    assert timeline(riverton, ticket.id)[-2:] == ["started", "step_started"]
    assert {name for _, name, _ in promised(riverton)} == {"Dan Ortiz"}
    stale = escalation.accept(riverton, old, contact=DAN, via="sms", at=minutes(61))
    assert "is open again" in stale
    assert standing(riverton, ticket.id).state == "running"


def test_a_merged_tickets_relay_ends_and_the_others_goes_on(
    riverton: TenantSession, pair: tuple[Ticket, Ticket]
) -> None:
    ticket, into = pair

    merge(riverton, ticket, into)

    assert runs(riverton, ticket) == ["closed"]
    assert runs(riverton, into) == ["running"]
    waiting = riverton.session.scalars(
        riverton.rows(Notification).where(Notification.state == "pending")
    )
    assert {each.subject_id for each in waiting} == {into.id}


def test_who_was_on_the_way_hears_that_another_has_it(
    riverton: TenantSession, pair: tuple[Ticket, Ticket]
) -> None:
    ticket, into = pair
    accept(riverton, ticket, DAN)
    accept(riverton, into, ANA)

    merge(riverton, ticket, into)

    [spared_one] = riverton.session.scalars(
        riverton.rows(Notification).where(Notification.template == "relay_merged")
    )
    assert spared_one.recipient_key == DAN
    assert spared_one.context["holder"] == "Ana Ruiz"
    assert standing(riverton, into.id).holders[0].contact == ANA


def test_what_would_lose_a_relay_is_refused(
    riverton: TenantSession, pair: tuple[Ticket, Ticket]
) -> None:
    ticket, into = pair
    accept(riverton, ticket, DAN)

    with pytest.raises(HeldByACrew):
        merge(riverton, ticket, into)
    tickets.relevel(riverton, into.id, 3, reason="Only wet.", by=PRIYA, at=minutes(4))
    with pytest.raises(GraverThanIt):
        merge(riverton, ticket, into)
    assert runs(riverton, ticket, into) == ["accepted", "running"]


def test_a_tenant_cannot_merge_anothers_tickets(
    riverton: TenantSession,
    pair: tuple[Ticket, Ticket],
    sainte_aurore: TenantSession,
) -> None:
    with pytest.raises(NotFound):
        merge(sainte_aurore, *pair)


def doing(
    database: Database, db: TenantSession, act: Callable[[TenantSession], object]
) -> Callable[[], str]:
    """In a transaction of its own; its refusal, if it is refused."""

    def done() -> str:
        try:
            with town(database, db.tenant_id) as own:
                return str(act(own) or "done")
        except Problem as refusal:
            return type(refusal).__name__

    return done


@pytest.mark.parametrize("attempt", range(3))
def test_an_answer_comes_before_the_merge_or_after_it(
    riverton: TenantSession,
    pair: tuple[Ticket, Ticket],
    database: Database,
    attempt: int,
) -> None:
    ticket, into = pair
    run_id = standing(riverton, ticket.id).run_id
    riverton.session.commit()

    said, merged = at_once(
        doing(
            database,
            riverton,
            lambda db: escalation.accept(
                db, run_id, contact=DAN, via="sms", at=minutes(3)
            ),
        ),
        doing(database, riverton, lambda db: merge(db, ticket, into)),
    )

    if merged == "HeldByACrew":
        assert said.startswith("You have it")
        assert runs(riverton, ticket, into) == ["accepted", "running"]
    else:
        assert "goes on as" in said
        assert runs(riverton, ticket, into) == ["closed", "running"]


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        pytest.param(
            lambda db, a, b: merge(db, b, a),
            {"AlreadyClosed", "IntoClosed"},
            id="each into the other",
        ),
        pytest.param(
            lambda db, a, b: close(db, a),
            {"AlreadyClosed"},
            id="merged and closed",
        ),
        pytest.param(
            merge,
            {"AlreadyClosed"},
            id="a double click",
        ),
    ],
)
def test_of_two_who_change_a_ticket_at_once_one_does(
    riverton: TenantSession,
    pair: tuple[Ticket, Ticket],
    database: Database,
    other: Callable[[TenantSession, Ticket, Ticket], None],
    refused: set[str],
) -> None:
    done = at_once(
        doing(database, riverton, lambda db: merge(db, *pair)),
        doing(database, riverton, lambda db: other(db, *pair)),
    )

    assert sorted(each == "done" for each in done) == [False, True]
    assert set(done) - {"done"} <= refused
    assert sorted(runs(riverton, *pair)) == ["closed", "running"]


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_open_it_again_one_does_and_there_is_one_run(
    riverton: TenantSession, ticket: Ticket, database: Database, attempt: int
) -> None:
    close(riverton, ticket)
    riverton.session.commit()
    again = doing(database, riverton, lambda db: reopen(db, ticket))

    done = at_once(again, again)

    assert sorted(done) == ["NotClosed", "done"]
    assert runs(riverton, ticket) == ["closed", "running"]


def test_closing_and_opening_again_at_once_leaves_a_relay_that_fits(
    riverton: TenantSession, ticket: Ticket, database: Database
) -> None:
    """Whoever is second sees what the first did: never open without a live run."""
    close(riverton, ticket)
    riverton.session.commit()

    at_once(
        doing(database, riverton, lambda db: reopen(db, ticket)),
        doing(database, riverton, lambda db: close(db, ticket)),
    )

    db = riverton
    db.session.expire_all()
    is_open = tickets.get(db, ticket.id).closed_at is None
    assert (runs(db, ticket)[-1] == "running") == is_open


def test_the_clock_promises_nothing_for_a_ticket_that_is_being_merged(
    riverton: TenantSession,
    pair: tuple[Ticket, Ticket],
    database: Database,
    engine_database: Database,
) -> None:
    """I2, I3: whichever comes first, only the ticket that stays is told of."""
    ticket, into = pair

    at_once(
        doing(database, riverton, lambda db: merge(db, ticket, into)),
        lambda: str(escalation.tick(engine_database, at=minutes(5))),
    )

    assert runs(riverton, ticket) == ["closed"]
    pending = riverton.session.scalars(
        riverton.rows(Notification).where(
            Notification.state == "pending", Notification.purpose == "relay"
        )
    )
    assert {each.subject_id for each in pending} == {into.id}
