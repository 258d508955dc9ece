"""At four in the afternoon a town reads what would go wrong in its next two weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

import tenants
from escalation import jobs, nightly
from notify import Notification
from tenants import examples
from tests.accounts import quickly_opened
from tests.conftest import NIGHT
from tests.escalation.ladders import minutes
from tests.escalation.test_conformance import found, lived_through
from tickets import Ticket
from townline import auth
from townline.db import Database
from townline.tenancy import TenantSession

# 16:20 in Riverton, 17:20 in Sainte-Aurore, on the day before Dan's vacation ends it.
AT_FOUR = datetime(2026, 2, 11, 22, 20, tzinfo=UTC)
VACATION = """
[[rosters.absences]]
contact = "{who}"
starts = 2026-02-14T00:00:00
ends = 2026-02-15T00:00:00
"""
HOLE = "".join(
    VACATION.format(who=who) for who in ("dan-ortiz", "teresa-novak", "marcus-bell")
)


@pytest.fixture
def hole(engine_database: Database, sweeper: Engine, clean: None) -> Iterator[None]:
    """Riverton's water crew is away on one Saturday: it fell ill after publishing."""
    marker = '[[rosters]]\nkey = "public-works"'
    document = examples.text("riverton").replace(marker, f"{HOLE}\n{marker}", 1)
    changed = text(
        "update town_version set body = :body where number = 1 and tenant_id ="
        " (select id from tenant where slug = 'riverton')"
    )
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(changed, {"body": document})
    tenants.queries._SHELF.__init__()  # type: ignore[misc]
    yield
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(changed, {"body": examples.text("riverton")})
    tenants.queries._SHELF.__init__()  # type: ignore[misc]


def letters(db: TenantSession) -> list[tuple[str, str]]:
    db.session.rollback()
    statement = db.rows(Notification).where(Notification.template == "town_holes")
    return sorted(
        (each.destination, " ".join(each.context["holes"]))
        for each in db.session.scalars(statement)
    )


def test_a_town_without_holes_gets_no_letter(
    riverton: TenantSession, engine_database: Database
) -> None:
    assert jobs.warn(engine_database, at=AT_FOUR) == 0
    assert letters(riverton) == []


def test_a_hole_is_written_to_the_town_once_a_day(
    riverton: TenantSession, engine_database: Database, hole: None
) -> None:
    for at in (AT_FOUR, AT_FOUR + timedelta(minutes=20)):
        jobs.warn(engine_database, at=at)

    [(address, said)] = letters(riverton)
    assert address == "desk@riverton.example"
    assert "Nobody is on call from" in said


def test_it_goes_to_the_towns_managers(
    riverton: TenantSession, engine_database: Database, hole: None
) -> None:
    with engine_database.everybody() as session:
        priya = quickly_opened(
            session, "priya@hall.example", name="Priya Nair", password="night-and-day"
        )
    auth.grant(riverton, priya.id, role="manager", at=NIGHT)
    riverton.session.commit()

    jobs.warn(engine_database, at=AT_FOUR)

    assert [address for address, _ in letters(riverton)] == ["priya@hall.example"]


def test_nothing_is_written_at_another_hour(
    riverton: TenantSession, engine_database: Database, hole: None
) -> None:
    jobs.warn(engine_database, at=AT_FOUR + timedelta(hours=4))

    assert letters(riverton) == []


def test_shelbyville_gets_no_letter_of_rivertons_holes(
    sainte_aurore: TenantSession, engine_database: Database, hole: None
) -> None:
    jobs.warn(engine_database, at=AT_FOUR)

    assert letters(sainte_aurore) == []


def test_finished_runs_are_replayed_in_the_small_hours(
    riverton: TenantSession, ticket: Ticket, engine_database: Database
) -> None:
    lived_through(riverton, ticket, engine_database)

    by_day = jobs.conform(engine_database, at=AT_FOUR)
    by_night = jobs.conform(engine_database, at=minutes(60))

    assert (by_day, by_night) == (0, 2)
    assert found(riverton) == ["", ""]


def test_what_the_database_knows_of_numbers_is_linted(riverton: TenantSession) -> None:
    known = nightly.knowledge(riverton, at=AT_FOUR)

    assert (known.heard, known.opted_out) == (None, frozenset())
