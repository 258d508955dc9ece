"""A draft becomes a version: seen, approved, planned, undone, and gone back to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, text

import tenants
from tenants import drafting
from tenants.drafting import Assign, Put
from tenants.town import Publishing, Text
from tests.conftest import NIGHT
from tests.tenants.drafts import (
    ADDRESS,
    BLUE,
    HOUR,
    NOTHING,
    PRIYA,
    TOM,
    larkfield_in,
    now,
    publish,
    put,
    swap,
)
from townline.db import Database, new_id
from townline.errors import NotFound
from townline.tenancy import TenantSession, town

PRIYAS, TOMS = new_id(), new_id()


@pytest.fixture
def db(engine_database: Database, towns: dict[str, UUID]) -> Iterator[TenantSession]:
    with larkfield_in(engine_database) as db:
        yield db


@pytest.fixture
def rolled_back(sweeper: Engine, riverton: TenantSession) -> Iterator[TenantSession]:
    """Riverton, whose stories commit: what one has published is gone with it."""
    yield riverton
    riverton.session.rollback()
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from town_version where number > 1"))


def test_a_draft_is_published_as_it_was_seen_and_to_the_letter(
    db: TenantSession,
) -> None:
    before = tenants.export_town(db)
    draft = put(db, BLUE)

    published = publish(db, draft)

    assert (published.number, tenants.current(db).town.color) == (2, "#112233")
    assert tenants.export_town(db) == before.replace("#e8c200", "#112233")
    assert drafting.editing(db).draft is None


def test_what_nobody_has_seen_is_not_published(db: TenantSession) -> None:
    seen = put(db, BLUE).revision
    put(db, ADDRESS, TOM)

    with pytest.raises(drafting.DraftChanged):
        drafting.publish(db, seen, reason="spring", by=PRIYA, at=NIGHT, known=NOTHING)


def test_a_version_has_a_reason_and_a_difference(db: TenantSession) -> None:
    draft = put(db, BLUE)

    with pytest.raises(drafting.ReasonMissing):
        drafting.publish(
            db, draft.revision, reason=" ", by=PRIYA, at=NIGHT, known=NOTHING
        )
    [change] = drafting.changes_of(db, draft)
    drafting.undo(db, change.id, by=TOM, at=NIGHT)
    with pytest.raises(drafting.NothingChanged):
        publish(db, draft)


def test_a_second_person_approves_what_the_first_has_asked_for(
    db: TenantSession,
) -> None:
    publish(
        db, put(db, Assign(field="publishing", value=Publishing(second_person=True)))
    )
    draft = put(db, BLUE)

    with pytest.raises(drafting.NeedsSecondPerson):
        now(db, swap(db))
    with pytest.raises(drafting.ApprovalMissing):
        publish(db, draft)
    with pytest.raises(drafting.NobodyAsked):
        drafting.approve(db, draft.revision, account_id=TOMS, by=TOM, at=NIGHT)
    drafting.ask(
        db, draft.revision, reason="blue", account_id=PRIYAS, by=PRIYA, at=NIGHT
    )
    with pytest.raises(drafting.OwnApproval):
        drafting.approve(db, draft.revision, account_id=PRIYAS, by=PRIYA, at=NIGHT)
    drafting.approve(db, draft.revision, account_id=TOMS, by=TOM, at=NIGHT)
    put(db, ADDRESS)
    with pytest.raises(drafting.ApprovalMissing):
        publish(db, draft)


def test_a_planned_draft_is_left_alone_until_its_time(db: TenantSession) -> None:
    draft = put(db, BLUE)
    drafting.plan(
        db, draft.revision, due_at=NIGHT + HOUR, reason="spring", by=PRIYA, at=NIGHT
    )

    with pytest.raises(drafting.DraftPlanned):
        put(db, ADDRESS)
    with pytest.raises(drafting.DraftPlanned):
        publish(db, draft)
    now(db, swap(db))
    assert drafting.publish_planned(db, at=NIGHT, known=NOTHING) is None
    published = drafting.publish_planned(db, at=NIGHT + HOUR, known=NOTHING)

    assert published is not None
    assert published.number == 3
    assert tenants.current(db).town.color == "#112233"
    assert drafting.publish_planned(db, at=NIGHT + HOUR, known=NOTHING) is None


def test_a_plan_can_be_withdrawn_and_lies_ahead(db: TenantSession) -> None:
    draft = put(db, BLUE)

    with pytest.raises(drafting.TooLateToPlan):
        drafting.plan(db, 1, due_at=NIGHT, reason="spring", by=PRIYA, at=NIGHT)
    drafting.plan(db, 1, due_at=NIGHT + HOUR, reason="spring", by=PRIYA, at=NIGHT)
    drafting.withdraw_plan(db, by=PRIYA, at=NIGHT)

    assert drafting.plan_of(db, draft) is None
    assert publish(db, draft).number == 2


def test_rolling_back_is_a_new_version_like_the_old(db: TenantSession) -> None:
    before = tenants.export_town(db)
    publish(db, put(db, BLUE))
    draft = put(db, ADDRESS)

    published = drafting.roll_back(
        db, 1, reason="too blue", by=TOM, at=NIGHT, known=NOTHING
    )

    assert (published.number, tenants.export_town(db)) == (3, before)
    assert drafting.editing(db).town.color == "#e8c200"
    assert drafting.editing(db).town.email == "desk@larkfield.example"
    drafting.discard(db, draft.revision, by=TOM, at=NIGHT)
    assert drafting.editing(db).draft is None


def test_of_two_changes_to_one_entry_the_later_is_undone_first(
    db: TenantSession,
) -> None:
    ana = tenants.current(db).town.contact("ana")
    one, two = (replace(ana, title=Text(en=title)) for title in ("One", "Two"))
    put(db, Put(table="contacts", entry=one, key=ana.key))
    draft = put(db, Put(table="contacts", entry=two, key=ana.key))
    later, earlier = drafting.changes_of(db, draft)

    with pytest.raises(drafting.ChangedSince):
        drafting.undo(db, earlier.id, by=TOM, at=NIGHT)
    drafting.undo(db, later.id, by=TOM, at=NIGHT)
    drafting.undo(db, earlier.id, by=TOM, at=NIGHT)

    assert draft.body == tenants.export_town(db)
    assert drafting.unpublished(db) == 0


def test_a_tenant_cannot_see_anothers_draft(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    [change] = drafting.changes_of(riverton, put(riverton, BLUE))
    riverton.session.commit()
    put(sainte_aurore, BLUE)

    with pytest.raises(NotFound):
        drafting.undo(sainte_aurore, change.id, by=TOM, at=NIGHT)
    with pytest.raises(NotFound):
        drafting.version_of(sainte_aurore, 99)


def test_of_two_that_publish_at_once_the_second_is_told(
    rolled_back: TenantSession, database: Database
) -> None:
    draft = put(rolled_back, BLUE)
    rolled_back.session.commit()
    with town(database, rolled_back.tenant_id) as first:
        publish(first, draft, TOM)

    with pytest.raises(drafting.NoDraft):
        publish(rolled_back, draft, PRIYA)
