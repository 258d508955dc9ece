"""An open pothole is taken up again until it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

import surveys
from surveys.models import Task
from tests.surveys.cast import (
    AGENT,
    BY_EMAIL,
    BY_TEXT,
    IN_FRENCH,
    NAMELESS,
    NOT_TOLD,
    close,
    follow_ups,
    happened,
    report,
    tick,
    watched,
    written,
)
from tickets import Caller
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession, board

NIGHT = datetime(2026, 2, 11, 8, 12, tzinfo=UTC)
THURSDAY_8, THURSDAY_21, SUNDAY_8 = (
    datetime(2026, 2, 12, 14, tzinfo=UTC),
    datetime(2026, 2, 13, 3, tzinfo=UTC),
    datetime(2026, 2, 15, 14, tzinfo=UTC),
)
LATER = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def followed() -> Iterator[None]:
    with watched():
        yield


def owed(database: Database, *towns: UUID, at: datetime) -> list[str | None]:
    with board(database, towns) as session:
        return [each.phone for each in surveys.tasks(session, at)]


def test_a_pothole_is_planned_for_waking_hours(riverton: TenantSession) -> None:
    ticket = report(riverton, at=NIGHT)

    planned = {kind: each.due_at for kind, each in follow_ups(riverton, ticket).items()}

    assert planned == {
        "remind_holder": THURSDAY_8,
        "tell_resident": THURSDAY_21,
        "call_back": SUNDAY_8,
    }


def test_nothing_is_done_before_it_is_due(
    riverton: TenantSession, engine_database: Database
) -> None:
    report(riverton, at=NIGHT)
    riverton.session.commit()

    tick(engine_database, at=THURSDAY_8 - LATER)

    assert written(riverton, "holder_reminder") == []


def test_while_nobody_has_it_the_whole_department_is_reminded(
    riverton: TenantSession, engine_database: Database
) -> None:
    ticket = report(riverton, at=NIGHT)
    riverton.session.commit()

    tick(engine_database, at=THURSDAY_8)

    told = {each.recipient_key for each in written(riverton, "holder_reminder")}
    assert {"gus-petrakis", "lamar-whitfield"} <= told
    assert happened(riverton, ticket)[-2:] == ["followup.due", "followup.reminded"]


def test_whoever_took_it_is_reminded_alone(
    riverton: TenantSession, engine_database: Database
) -> None:
    def holder(db: TenantSession, ticket_id: UUID) -> tuple[str, ...]:
        return ("gus-petrakis",)

    report(riverton, at=NIGHT)
    riverton.session.commit()
    surveys.HOLDERS.append(holder)

    tick(engine_database, at=THURSDAY_8)
    surveys.HOLDERS.remove(holder)

    told = [each.recipient_name for each in written(riverton, "holder_reminder")]
    assert told == ["Gus Petrakis"]


@pytest.mark.parametrize(
    ("caller", "channels"),
    [
        pytest.param(BY_TEXT, ["sms"], id="by text"),
        pytest.param(BY_EMAIL, ["email"], id="by email"),
        pytest.param(NOT_TOLD, [], id="not at all, as they wished"),
        pytest.param(NAMELESS, [], id="nobody knows them"),
    ],
)
def test_the_resident_hears_before_the_promise_is_missed(
    riverton: TenantSession,
    engine_database: Database,
    caller: Caller,
    channels: list[str],
) -> None:
    ticket = report(riverton, caller, at=NIGHT)
    riverton.session.commit()

    tick(engine_database, at=THURSDAY_21)

    news = written(riverton, "resident_promise_late")
    assert [each.channel for each in news] == channels
    assert happened(riverton, ticket).count("resident.told") == len(channels)


def test_two_ticks_at_once_say_it_once(
    riverton: TenantSession, engine_database: Database
) -> None:
    report(riverton, at=NIGHT)
    riverton.session.commit()

    for _ in range(2):
        tick(engine_database, at=THURSDAY_21)

    assert len(written(riverton, "resident_promise_late")) == 1


def test_a_call_back_is_asked_for_in_the_callers_language(
    riverton: TenantSession, engine_database: Database, database: Database
) -> None:
    report(riverton, IN_FRENCH, at=NIGHT)
    riverton.session.commit()

    tick(engine_database, at=SUNDAY_8)

    with board(database, [riverton.tenant_id]) as session:
        (call,) = surveys.tasks(session, SUNDAY_8)
    assert (call.phone, call.language) == ("+13125550172", "fr")
    assert call.script.startswith("Bonjour, ici City of Riverton")


def test_a_closed_ticket_is_left_in_peace(
    riverton: TenantSession, engine_database: Database
) -> None:
    ticket = report(riverton, at=NIGHT)
    close(riverton, ticket, at=NIGHT + LATER)
    riverton.session.commit()

    tick(engine_database, at=SUNDAY_8)

    assert written(riverton, "holder_reminder") == []
    assert written(riverton, "resident_promise_late") == []
    assert {each.outcome for each in follow_ups(riverton, ticket).values()} == {"void"}


def test_closing_takes_the_call_back_off_the_desk(
    riverton: TenantSession, engine_database: Database, database: Database
) -> None:
    ticket = report(riverton, at=NIGHT)
    riverton.session.commit()
    tick(engine_database, at=SUNDAY_8)

    close(riverton, ticket, at=SUNDAY_8 + LATER)
    riverton.session.commit()

    assert owed(database, riverton.tenant_id, at=SUNDAY_8 + LATER) == []


def test_another_town_neither_sees_nor_makes_the_call(
    riverton: TenantSession,
    sainte_aurore: TenantSession,
    engine_database: Database,
    database: Database,
) -> None:
    report(riverton, at=NIGHT)
    riverton.session.commit()
    tick(engine_database, at=SUNDAY_8)
    (task,) = riverton.session.scalars(riverton.rows(Task))

    with pytest.raises(NotFound):
        surveys.finish_task(sainte_aurore, task.id, "reached", by=AGENT, at=SUNDAY_8)

    assert owed(database, sainte_aurore.tenant_id, at=SUNDAY_8) == []
    assert owed(database, riverton.tenant_id, at=SUNDAY_8) == ["+13125550171"]
