"""What residents hear, and are asked, of a ticket that was not done after all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import tickets
from tests.surveys.cast import (
    AGENT,
    BY_TEXT,
    DAY,
    IN_FRENCH,
    close,
    follow_ups,
    invitations,
    report,
    report_sampled,
    tick,
    watched,
    written,
)
from tickets import Ticket
from townline.db import Database
from townline.tenancy import TenantSession

NOON = datetime(2026, 2, 11, 18, tzinfo=UTC)  # in Riverton


@pytest.fixture(autouse=True)
def followed() -> Iterator[None]:
    with watched():
        yield


def reopen(db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
    tickets.reopen(db, ticket.id, reason="Still there.", by=AGENT, at=at)


def test_residents_hear_of_each_closing_and_of_the_new_promise(
    riverton: TenantSession,
) -> None:
    ticket = report_sampled(riverton, at=NOON)
    close(riverton, ticket, at=NOON)

    reopen(riverton, ticket, at=NOON + DAY)
    close(riverton, ticket, at=NOON + DAY)

    [again] = written(riverton, "resident_reopened")
    assert again.context["promise"] == ticket.promise
    assert len(written(riverton, "resident_done")) == 2


def test_nobody_is_asked_how_it_went_before_it_is_over_and_then_they_are(
    riverton: TenantSession, engine_database: Database
) -> None:
    ticket = report_sampled(riverton, at=NOON)
    close(riverton, ticket, at=NOON)

    reopen(riverton, ticket, at=NOON)
    assert invitations(riverton) == []
    close(riverton, ticket, at=NOON + DAY)
    riverton.session.commit()
    tick(engine_database, at=NOON + 2 * DAY)

    assert len(written(riverton, "survey_invitation")) == 1


def test_who_was_asked_already_is_not_asked_again(
    riverton: TenantSession, engine_database: Database
) -> None:
    ticket = report_sampled(riverton, at=NOON)
    close(riverton, ticket, at=NOON)
    riverton.session.commit()
    tick(engine_database, at=NOON + DAY)

    reopen(riverton, ticket, at=NOON + 400 * DAY)
    close(riverton, ticket, at=NOON + 400 * DAY)

    assert len(invitations(riverton)) == 1


def test_what_is_followed_up_counts_from_the_reopening(riverton: TenantSession) -> None:
    ticket = report(riverton, at=NOON)
    planned = {kind: each.due_at for kind, each in follow_ups(riverton, ticket).items()}
    close(riverton, ticket, at=NOON)

    reopen(riverton, ticket, at=NOON + 7 * DAY)
    riverton.session.flush()

    anew = follow_ups(riverton, ticket)
    assert set(anew) == set(planned)
    assert all(each.done_at is None for each in anew.values())
    assert {kind: each.due_at for kind, each in anew.items()} == {
        kind: at + 7 * DAY for kind, at in planned.items()
    }


def test_who_goes_along_when_tickets_are_merged_hears_the_number_that_stays(
    riverton: TenantSession,
) -> None:
    stays = report(riverton, BY_TEXT, at=NOON)
    gone = report(riverton, IN_FRENCH, at=NOON)

    tickets.merge(riverton, gone.id, stays.id, by=AGENT, at=NOON)

    [told] = written(riverton, "resident_merged")
    assert (told.destination, told.language) == (IN_FRENCH.phone, "fr")
    assert (told.context["was"], told.context["tracking"]) == (
        gone.tracking,
        stays.tracking,
    )
    assert written(riverton, "resident_done") == []
    assert {e.outcome for e in follow_ups(riverton, gone).values()} == {"void"}
