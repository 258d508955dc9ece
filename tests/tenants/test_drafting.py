"""The next version of a town's rules while it is prepared, by several people."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace

import tenants
from tenants import drafting
from tenants.drafting import Assign, Drop, Move, Put, mark
from tenants.town import Contact, Text
from tests.conftest import NIGHT
from tests.tenants.drafts import PRIYA, TOM, larkfield_in
from townline.db import Database
from townline.tenancy import TenantSession

LEE = Contact(
    key="lee-park", name="Lee Park", department="water", mobile="+13125550199"
)


@pytest.fixture
def db(engine_database: Database, towns: dict[str, UUID]) -> Iterator[TenantSession]:
    with larkfield_in(engine_database) as db:
        yield db


def test_an_edit_begins_a_draft_and_changes_nothing_that_holds(
    db: TenantSession,
) -> None:
    before = tenants.current(db)

    edited = drafting.edit(db, Put(table="contacts", entry=LEE), by=PRIYA, at=NIGHT)

    assert edited.draft is not None
    assert edited.town.contacts[-1] == LEE
    assert edited.faults == ()
    assert edited.version == before.number
    assert tenants.current(db).town == before.town
    assert drafting.editing(db) == edited


def test_edits_of_several_people_gather_in_one_draft(db: TenantSession) -> None:
    ana = tenants.current(db).town.contact("ana")
    renamed = replace(ana, title=Text(en="Foreman"))

    first = drafting.edit(
        db,
        Put(table="contacts", entry=renamed, key=ana.key, was=mark(ana)),
        by=PRIYA,
        at=NIGHT,
    )
    drafting.edit(db, Assign(field="color", value="#112233"), by=TOM, at=NIGHT)
    moved = Move(table="contacts", key=ana.key, before="desk")
    last = drafting.edit(db, moved, by=TOM, at=NIGHT)

    assert first.draft is not None
    assert last.draft is not None
    assert last.draft.id == first.draft.id
    assert (last.town.color, last.draft.revision) == ("#112233", 3)
    assert [each.key for each in last.town.contacts[:2]] == ["dan", ana.key]


def test_who_comes_second_learns_who_came_first(db: TenantSession) -> None:
    ana = tenants.current(db).town.contact("ana")
    one, other = (replace(ana, title=Text(en=title)) for title in ("One", "Other"))
    was = mark(ana)
    drafting.edit(
        db,
        Put(table="contacts", entry=one, key=ana.key, was=was),
        by=PRIYA,
        at=NIGHT,
    )

    with pytest.raises(drafting.EditedMeanwhile, match=r"Priya Nair.*ana"):
        drafting.edit(
            db,
            Put(table="contacts", entry=other, key=ana.key, was=was),
            by=TOM,
            at=NIGHT,
        )


def test_what_forbids_publishing_is_said_and_stops_no_draft(
    db: TenantSession,
) -> None:
    edited = drafting.edit(
        db, Drop(table="departments", key="water"), by=PRIYA, at=NIGHT
    )

    assert any('no "water"' in each.remedy for each in edited.faults)


def test_what_is_no_town_any_more_is_refused(db: TenantSession) -> None:
    with pytest.raises(tenants.TownFileInvalid, match="lines"):
        drafting.edit(db, Assign(field="lines", value=()), by=PRIYA, at=NIGHT)
