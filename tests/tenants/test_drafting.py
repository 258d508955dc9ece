"""The next version of a town's rules while it is prepared, by several people."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import tenants
from tenants import drafting
from tenants.drafting import Assign, Drop, Move, Put, mark
from tenants.town import Contact, Text
from tests.conftest import NIGHT
from townline.proof import Actor
from townline.tenancy import TenantSession

PRIYA, TOM = Actor("town", "Priya Nair"), Actor("town", "Tom Hale")
LEE = Contact(
    key="lee-park", name="Lee Park", department="water", mobile="+13125550199"
)


def test_an_edit_begins_a_draft_and_changes_nothing_that_holds(
    riverton: TenantSession,
) -> None:
    before = tenants.current(riverton)

    edited = drafting.edit(
        riverton, Put(table="contacts", entry=LEE), by=PRIYA, at=NIGHT
    )

    assert edited.draft is not None
    assert edited.town.contacts[-1] == LEE
    assert edited.faults == ()
    assert edited.version == before.number
    assert tenants.current(riverton).town == before.town
    assert drafting.editing(riverton) == edited


def test_edits_of_several_people_gather_in_one_draft(riverton: TenantSession) -> None:
    gus = tenants.current(riverton).town.contact("gus-petrakis")
    renamed = replace(gus, title=Text(en="Foreman"))

    first = drafting.edit(
        riverton,
        Put(table="contacts", entry=renamed, key=gus.key, was=mark(gus)),
        by=PRIYA,
        at=NIGHT,
    )
    drafting.edit(riverton, Assign(field="color", value="#112233"), by=TOM, at=NIGHT)
    moved = Move(table="contacts", key=gus.key, before="walter-greene")
    last = drafting.edit(riverton, moved, by=TOM, at=NIGHT)

    assert first.draft is not None
    assert last.draft is not None
    assert last.draft.id == first.draft.id
    assert (last.town.color, last.draft.revision) == ("#112233", 3)
    assert [each.key for each in last.town.contacts[1:3]] == [gus.key, "walter-greene"]


def test_who_comes_second_learns_who_came_first(riverton: TenantSession) -> None:
    gus = tenants.current(riverton).town.contact("gus-petrakis")
    one, other = (replace(gus, title=Text(en=title)) for title in ("One", "Other"))
    was = mark(gus)
    drafting.edit(
        riverton,
        Put(table="contacts", entry=one, key=gus.key, was=was),
        by=PRIYA,
        at=NIGHT,
    )

    with pytest.raises(drafting.EditedMeanwhile, match=r"Priya Nair.*gus-petrakis"):
        drafting.edit(
            riverton,
            Put(table="contacts", entry=other, key=gus.key, was=was),
            by=TOM,
            at=NIGHT,
        )


def test_what_forbids_publishing_is_said_and_stops_no_draft(
    riverton: TenantSession,
) -> None:
    edited = drafting.edit(
        riverton, Drop(table="departments", key="water"), by=PRIYA, at=NIGHT
    )

    assert any('no "water"' in each.remedy for each in edited.faults)


def test_what_is_no_town_any_more_is_refused(riverton: TenantSession) -> None:
    with pytest.raises(tenants.TownFileInvalid, match="lines"):
        drafting.edit(riverton, Assign(field="lines", value=()), by=PRIYA, at=NIGHT)
