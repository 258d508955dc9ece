from __future__ import annotations

from datetime import timedelta

import pytest

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import ANA, MAYA, Onlooker, hydrant, main_break
from tests.tickets.test_pictures import photo
from tickets import Ticket
from townline.errors import Invalid, NotFound
from townline.tenancy import TenantSession

LATER = NIGHT + timedelta(hours=1)


@pytest.fixture
def leak(riverton: TenantSession, onlooker: Onlooker) -> Ticket:
    """A hydrant that leaks; closing it asks for a note."""
    ticket = tickets.open(riverton, hydrant(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    return ticket


@pytest.fixture
def burst(riverton: TenantSession, onlooker: Onlooker) -> Ticket:
    """A burst main; closing it as done asks for a photo."""
    ticket = tickets.open(riverton, main_break(), at=NIGHT, by=MAYA)
    riverton.session.commit()
    return ticket


def test_a_note_keeps_who_may_read_it(riverton: TenantSession, leak: Ticket) -> None:
    tickets.add_note(
        riverton, leak.id, " Gate code 4417. ", audience="dispatch", by=MAYA, at=LATER
    )
    riverton.session.commit()

    (note,) = tickets.notes(riverton, leak.id)
    assert (note.body, note.audience) == ("Gate code 4417.", "dispatch")
    assert (note.author, note.at) == ("Maya Okafor", LATER)
    assert "4417" not in tickets.history(riverton, leak.id)[-1].facts


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("  ", id="empty"),
        pytest.param("x" * 4001, id="too long"),
        pytest.param("gate\0code", id="unwritable"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused(
    riverton: TenantSession, leak: Ticket, body: str
) -> None:
    with pytest.raises(Invalid) as refused:
        tickets.add_note(riverton, leak.id, body, audience="public", by=MAYA, at=LATER)

    assert refused.value.field == "note"


def test_a_photo_sent_twice_is_kept_once(
    riverton: TenantSession, burst: Ticket
) -> None:
    for _ in ("over a bad line", "and again"):
        tickets.add_photo(
            riverton, burst.id, photo(), audience="public", by=ANA, at=LATER
        )
    riverton.session.commit()

    (kept,) = tickets.photos(riverton, burst.id)
    assert tickets.photo(riverton, kept.id).body.startswith(b"\xff\xd8")
    events = [entry.event for entry in tickets.history(riverton, burst.id)]
    assert events == ["ticket.opened", "ticket.photo_added"]


def test_a_milestone_is_reached_once(
    riverton: TenantSession, leak: Ticket, onlooker: Onlooker
) -> None:
    for minutes in (1, 2):
        tickets.mark(
            riverton,
            leak.id,
            "on_site",
            by=ANA,
            at=NIGHT + timedelta(minutes=minutes),
        )

    (reached,) = tickets.milestones(riverton, leak.id)
    assert (reached.kind, reached.by) == ("on_site", "Ana Ruiz")
    assert reached.at == NIGHT + timedelta(minutes=1)
    assert onlooker.seen == ["opened", "on_site"]


def test_done_with_a_note_closes_the_ticket(
    riverton: TenantSession, leak: Ticket, onlooker: Onlooker
) -> None:
    tickets.mark(riverton, leak.id, "done", by=ANA, at=LATER, note="New gasket.")
    riverton.session.commit()

    closure = tickets.closure(riverton, leak.id)
    assert closure is not None
    assert (closure.reason, closure.note) == ("done", "New gasket.")
    assert tickets.get(riverton, leak.id).closed_at == LATER
    assert onlooker.seen == ["opened", "done", "closed"]


def test_done_without_a_word_leaves_the_ticket_open(
    riverton: TenantSession, leak: Ticket
) -> None:
    tickets.mark(riverton, leak.id, "done", by=ANA, at=LATER)

    assert tickets.closure(riverton, leak.id) is None
    assert tickets.get(riverton, leak.id).closed_at is None


def test_done_alone_is_no_note(riverton: TenantSession, leak: Ticket) -> None:
    with pytest.raises(tickets.NoteNeeded) as refused:
        tickets.mark(riverton, leak.id, "done", by=ANA, at=LATER, note="All done!")

    assert refused.value.field == "note"


def test_a_category_may_want_to_see_the_work(
    riverton: TenantSession, burst: Ticket
) -> None:
    with pytest.raises(tickets.PhotoNeeded):
        close(riverton, burst)
    tickets.add_photo(riverton, burst.id, photo(), audience="public", by=ANA, at=LATER)
    close(riverton, burst)

    assert tickets.get(riverton, burst.id).closed_at == LATER


def test_a_ticket_closes_once(
    riverton: TenantSession, leak: Ticket, onlooker: Onlooker
) -> None:
    close(riverton, leak)

    with pytest.raises(tickets.AlreadyClosed):
        close(riverton, leak)

    assert onlooker.seen == ["opened", "closed"]


def test_a_crew_cannot_be_on_the_way_to_a_closed_ticket(
    riverton: TenantSession, leak: Ticket
) -> None:
    close(riverton, leak)

    with pytest.raises(tickets.AlreadyClosed):
        tickets.mark(riverton, leak.id, "on_the_way", by=ANA, at=LATER)


def test_what_was_done_stands_in_the_log_in_order(
    riverton: TenantSession, leak: Ticket
) -> None:
    tickets.mark(riverton, leak.id, "on_the_way", by=ANA, at=LATER)
    tickets.mark(riverton, leak.id, "done", by=ANA, at=LATER, note="New gasket.")
    riverton.session.commit()

    history = tickets.history(riverton, leak.id)
    assert [(entry.event, entry.actor) for entry in history] == [
        ("ticket.opened", "agent Maya Okafor"),
        ("ticket.on_the_way", "crew Ana Ruiz"),
        ("ticket.done", "crew Ana Ruiz"),
        ("ticket.closed", "crew Ana Ruiz"),
    ]


def test_a_town_cannot_touch_anothers_ticket(
    sainte_aurore: TenantSession, leak: Ticket
) -> None:
    with pytest.raises(NotFound):
        tickets.add_note(
            sainte_aurore, leak.id, "Ours?", audience="town", by=MAYA, at=LATER
        )
    with pytest.raises(NotFound):
        tickets.add_photo(
            sainte_aurore, leak.id, photo(), audience="town", by=MAYA, at=LATER
        )
    with pytest.raises(NotFound):
        tickets.mark(sainte_aurore, leak.id, "done", by=ANA, at=LATER)
    with pytest.raises(NotFound):
        close(sainte_aurore, leak)


def close(db: TenantSession, ticket: Ticket) -> None:
    tickets.close(db, ticket.id, reason="done", note="New gasket.", by=ANA, at=LATER)
