"""Two workers, two clicks, two closings at once: it is done once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

import surveys
from surveys import Answers
from tests.surveys.cast import (
    DAY,
    close,
    invitations,
    report,
    report_sampled,
    tick,
    watched,
    written,
)
from tickets import Ticket
from townline.db import Database
from townline.tenancy import TenantSession, town

NOON = datetime(2026, 2, 11, 18, tzinfo=UTC)
WAITS = 10.0  # seconds; whoever is not there by then never comes


@pytest.fixture(autouse=True)
def followed() -> Iterator[None]:
    with watched():
        yield


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all of it in the same instant; how each ended."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait(WAITS)
        try:
            act()
        except surveys.AlreadyAnswered:
            return "too late"
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_workers_write_one_message(
    riverton: TenantSession, engine_database: Database
) -> None:
    report(riverton, at=NOON)
    riverton.session.commit()

    def work() -> None:
        tick(engine_database, at=NOON + timedelta(hours=44))

    at_once(work, work, work)

    assert len(written(riverton, "resident_promise_late")) == 1


def test_of_two_answers_one_counts(
    riverton: TenantSession, engine_database: Database, database: Database
) -> None:
    close(riverton, report_sampled(riverton, at=NOON), at=NOON)
    riverton.session.commit()
    tick(engine_database, at=NOON + DAY)
    token = str(written(riverton, "survey_invitation")[0].context["token"])

    def answer() -> None:
        with town(database, riverton.tenant_id) as db:
            surveys.answer(db, token, Answers("yes", 5), at=NOON + DAY)

    assert at_once(answer, answer) == ["done", "too late"]
    assert surveys.result(riverton, since=NOON).n == 1


def test_two_tickets_closed_together_ask_their_reporter_once(
    riverton: TenantSession, database: Database
) -> None:
    both = [report_sampled(riverton, at=NOON) for _ in range(2)]
    riverton.session.commit()

    def closing(ticket: Ticket) -> Callable[[], None]:
        def act() -> None:
            with town(database, riverton.tenant_id) as db:
                close(db, ticket, at=NOON)

        return act

    at_once(*map(closing, both))

    assert len(invitations(riverton)) == 1
