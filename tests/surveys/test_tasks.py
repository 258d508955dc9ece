"""Calls the desk owes: made once, and tried again when nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import notify
import surveys
import tickets
from surveys.models import Task
from surveys.service.tasks import ask_for_a_call
from tests.surveys.cast import (
    AGENT,
    BY_TEXT,
    happened,
    report,
    watched,
    written,
)
from tickets import Ticket
from townline.db import new_id
from townline.tenancy import TenantSession

AFTERNOON = datetime(2026, 2, 11, 20, tzinfo=UTC)  # 14:00 in Riverton
LATER = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def followed() -> Iterator[None]:
    with watched():
        yield


@pytest.fixture
def ticket(riverton: TenantSession) -> Ticket:
    return report(riverton, BY_TEXT, at=AFTERNOON)


@pytest.fixture
def task(riverton: TenantSession, ticket: Ticket) -> Task:
    (reporter,) = tickets.reporters(riverton, ticket.id)
    ask_for_a_call(
        riverton, ticket, reporter, kind="open_ticket", cause=new_id(), at=AFTERNOON
    )
    return riverton.session.scalars(riverton.rows(Task)).one()


def test_whoever_was_reached_is_not_called_again(
    riverton: TenantSession, ticket: Ticket, task: Task
) -> None:
    surveys.finish_task(riverton, task.id, "reached", by=AGENT, at=AFTERNOON)
    riverton.session.commit()

    assert (task.done_at, task.done_by) == (AFTERNOON, "Maya Okafor")
    assert happened(riverton, ticket)[-1] == "followup.called_back"
    with pytest.raises(surveys.TaskAlreadyDone):
        surveys.finish_task(riverton, task.id, "busy", by=AGENT, at=AFTERNOON + LATER)


def test_whoever_did_not_answer_is_tried_three_times(
    riverton: TenantSession, task: Task
) -> None:
    dues = []
    while task.done_at is None:
        surveys.finish_task(riverton, task.id, "no_answer", by=AGENT, at=task.due_at)
        dues.append(task.due_at - AFTERNOON)

    assert task.tries == 3
    assert dues == [timedelta(hours=2), timedelta(hours=4), timedelta(hours=4)]


def test_a_number_that_is_nobodys_is_not_tried_again(
    riverton: TenantSession, task: Task
) -> None:
    surveys.finish_task(riverton, task.id, "invalid_number", by=AGENT, at=AFTERNOON)

    assert task.done_at == AFTERNOON


@pytest.mark.parametrize(
    ("why", "calls"),
    [
        pytest.param("30006", 1, id="a landline is called instead"),
        pytest.param("opted_out", 0, id="who wrote STOP is left alone"),
    ],
)
def test_news_that_did_not_arrive_becomes_a_call(
    riverton: TenantSession, ticket: Ticket, why: str, calls: int
) -> None:
    (news,) = written(riverton, "resident_opened")
    listener: notify.Listener = surveys.NewsListener()

    for _ in range(2):
        listener.failed(riverton, news, why, at=AFTERNOON + LATER)

    found = riverton.session.scalars(riverton.rows(Task)).all()
    assert [each.kind for each in found] == ["not_reached"] * calls
