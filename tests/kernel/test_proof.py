"""The log: written with the deed, chained, and changed by nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from tests.conftest import NIGHT
from townline import proof
from townline.db import Database
from townline.proof import Actor, LogEntry, SavepointLeftOpen
from townline.roles import RoleUrls
from townline.tenancy import TenantSession, town

MAYA = Actor("agent", "Maya Okafor")


def _say(db: TenantSession, *events: str) -> None:
    for event in events:
        proof.record(db, event, subject=db.tenant_id, at=NIGHT, actor=MAYA, é="né")


def test_what_happened_is_told_in_order(riverton: TenantSession) -> None:
    _say(riverton, "call.arrived", "ticket.opened")

    riverton.session.commit()

    told = proof.timeline(riverton, riverton.tenant_id)
    assert [entry.event for entry in told] == ["call.arrived", "ticket.opened"]
    assert [entry.seq for entry in told] == [1, 2]
    assert told[0].actor == "agent Maya Okafor"
    assert told[0].told() == {"é": "né"}


def test_a_transaction_that_fails_logs_nothing(riverton: TenantSession) -> None:
    _say(riverton, "ticket.opened")

    riverton.session.rollback()
    riverton.session.commit()

    assert proof.timeline(riverton, riverton.tenant_id) == []


def test_what_a_rolled_back_savepoint_had_to_tell_did_not_happen(
    riverton: TenantSession,
) -> None:
    _say(riverton, "first")
    savepoint = riverton.session.begin_nested()
    _say(riverton, "second")
    savepoint.rollback()
    with riverton.session.begin_nested():
        _say(riverton, "third")

    riverton.session.commit()

    told = proof.timeline(riverton, riverton.tenant_id)
    assert [entry.event for entry in told] == ["first", "third"]


def test_a_savepoint_that_is_left_open_loses_nothing_in_silence(
    database: Database, riverton: TenantSession
) -> None:
    def leave_it_open() -> None:
        with town(database, riverton.tenant_id) as db:
            db.session.begin_nested()
            _say(db, "ticket.opened")

    with pytest.raises(SavepointLeftOpen):
        leave_it_open()

    assert proof.timeline(riverton, riverton.tenant_id) == []


def test_many_entries_of_one_transaction_are_chained_in_their_order(
    riverton: TenantSession,
) -> None:
    _say(riverton, "before")
    riverton.session.commit()
    words = [f"word {number}" for number in range(200)]
    _say(riverton, *words)

    riverton.session.commit()

    told = proof.timeline(riverton, riverton.tenant_id)
    assert [entry.event for entry in told] == ["before", *words]
    assert proof.verify(riverton).broken_at is None
    assert proof.verify(riverton).entries == 201


def test_the_chain_is_verified_outside_the_database(riverton: TenantSession) -> None:
    for word in ("one", "two", "three"):
        _say(riverton, word)
        riverton.session.commit()

    verdict = proof.verify(riverton)

    assert (verdict.entries, verdict.broken_at) == (3, None)


@pytest.mark.parametrize(
    "tampering",
    [
        pytest.param("update log_entry set facts = '{}' where seq = 2", id="changed"),
        pytest.param("update log_entry set at = now() where seq = 2", id="redated"),
        pytest.param("delete from log_entry where seq = 2", id="taken out"),
        pytest.param("delete from log_entry where seq = 3", id="cut off at the end"),
    ],
)
def test_tampering_past_every_lock_is_found(
    riverton: TenantSession, urls: RoleUrls, tampering: str
) -> None:
    _say(riverton, "one", "two", "three")
    riverton.session.commit()
    unlocked = ("no force row level security", "disable trigger user")
    _as_owner(urls, *(f"alter table log_entry {each}" for each in unlocked), tampering)
    riverton.session.expire_all()

    verdict = proof.verify(riverton)

    riverton.session.rollback()
    locked = ("force row level security", "enable trigger user")
    _as_owner(urls, *(f"alter table log_entry {each}" for each in locked))
    assert verdict.broken_at is not None


@pytest.mark.parametrize(
    "deed",
    [
        "update log_entry set seq = 9",
        "delete from log_entry",
        "insert into log_head values (gen_random_uuid(), gen_random_uuid(), 1, '')",
    ],
)
def test_the_web_may_not_touch_the_log(riverton: TenantSession, deed: str) -> None:
    _say(riverton, "one")
    riverton.session.commit()

    with pytest.raises(ProgrammingError, match="permission denied"):
        riverton.session.execute(text(deed))


def test_even_the_owner_is_refused_by_the_trigger(
    riverton: TenantSession, urls: RoleUrls
) -> None:
    _say(riverton, "one")
    riverton.session.commit()

    with pytest.raises(ProgrammingError, match="append-only"):
        _as_owner(
            urls,
            f"set townline.tenant = '{riverton.tenant_id}'",
            "delete from log_entry",
        )


def test_a_town_cannot_see_anothers_log(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    _say(riverton, "one")
    riverton.session.commit()

    assert proof.timeline(sainte_aurore, riverton.tenant_id) == []
    assert sainte_aurore.session.scalars(sainte_aurore.rows(LogEntry)).all() == []


def _as_owner(urls: RoleUrls, *statements: str) -> None:
    owner = create_engine(urls.owner)
    try:
        with owner.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        owner.dispose()
