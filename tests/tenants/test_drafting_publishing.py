"""A draft becomes a version: seen, approved, planned; and nobody's change is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import tenants
from tenants import Knowledge, drafting, examples
from tenants.drafting import Assign, Edit, Put
from tenants.town import Override, Publishing, Text
from tests.conftest import NIGHT
from tests.tenants.larkfield import LARKFIELD
from townline.db import Database, new_id
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession, town

PRIYA, TOM = Actor("town", "Priya Nair"), Actor("town", "Tom Hale")
PRIYAS, TOMS = new_id(), new_id()
NOTHING = Knowledge()
HOUR = timedelta(hours=1)
LARKFIELDS_FILE = tenants.write(LARKFIELD).replace(
    "boundary =", "# Our limits.\nboundary ="
)
BLUE = Assign(field="color", value="#112233")


@pytest.fixture
def db(engine_database: Database, towns: dict[str, UUID]) -> Iterator[TenantSession]:
    """Larkfield, in a transaction that is undone with its story."""
    with Session(engine_database.engine, expire_on_commit=False) as session:
        made = tenants.import_town(
            session, LARKFIELDS_FILE, author="tests", reason="", at=NIGHT
        )
        yield TenantSession(made.tenant_id, session)
        session.rollback()


@pytest.fixture
def rolled_back(sweeper: Engine, riverton: TenantSession) -> Iterator[TenantSession]:
    """Riverton, whose stories commit: what one has published is gone with it."""
    yield riverton
    riverton.session.rollback()
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from town_version where number > 1"))


def put(db: TenantSession, change: Edit, by: Actor = PRIYA) -> drafting.TownDraft:
    draft = drafting.edit(db, change, by=by, at=NIGHT).draft
    assert draft is not None
    return draft


def publish(
    db: TenantSession, draft: drafting.TownDraft, by: Actor = PRIYA
) -> tenants.Published:
    return drafting.publish(
        db, draft.revision, reason="spring", by=by, at=NIGHT, known=NOTHING
    )


def now(db: TenantSession, change: Edit) -> tenants.Published:
    return drafting.change_now(
        db, change, reason="tonight", by=TOM, at=NIGHT, known=NOTHING
    )


def swap(db: TenantSession) -> Put:
    """Ana is on call instead of whoever is, for one hour."""
    roster = tenants.current(db).town.roster("water")
    tonight = Override(
        contact="ana",
        starts=NIGHT.replace(tzinfo=None),
        ends=(NIGHT + HOUR).replace(tzinfo=None),
    )
    entry = replace(roster, overrides=(*roster.overrides, tonight))
    return Put(table="rosters", entry=entry, key="water")


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
    put(db, Assign(field="email", value="desk@larkfield.example"), TOM)

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


def test_what_cannot_wait_holds_at_once_and_is_in_the_draft_too(
    db: TenantSession,
) -> None:
    put(db, BLUE)

    published = now(db, swap(db))

    holding, edited = tenants.current(db).town, drafting.editing(db)
    assert published.number == 2
    assert len(holding.roster("water").overrides) == 1
    assert holding.color != "#112233"
    assert edited.town == replace(holding, color="#112233")
    assert drafting.unpublished(db) == 1
    assert edited.draft is not None
    assert publish(db, edited.draft).number == 3


def test_where_two_changed_the_same_the_draft_says_so(db: TenantSession) -> None:
    draft = put(db, BLUE)
    now(db, Assign(field="color", value="#445566"))

    clashed = drafting.unsettled(db, draft)
    assert clashed is not None
    assert (clashed.said, drafting.editing(db).town.color) == ("color", "#112233")

    drafting.settle(db, ["color"], by=PRIYA, at=NIGHT)

    assert drafting.editing(db).town.color == "#445566"
    assert drafting.unsettled(db, draft) is None


def test_a_draft_that_an_import_overtook_takes_it_in_first(db: TenantSession) -> None:
    draft = put(db, BLUE)
    document = tenants.export_town(db).replace("# Our limits.", "# The limits.")
    tenants.import_town(
        db.session, document, author="operator", reason="limits", at=NIGHT
    )

    with pytest.raises(drafting.Overtaken):
        publish(db, draft)
    drafting.take_in_what_holds(db, by=PRIYA, at=NIGHT)
    publish(db, draft)

    assert tenants.export_town(db) == document.replace("#e8c200", "#112233")


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
    put(db, Assign(field="email", value="desk@larkfield.example"))
    with pytest.raises(drafting.ApprovalMissing):
        publish(db, draft)


def test_a_planned_draft_is_left_alone_until_its_time(db: TenantSession) -> None:
    draft = put(db, BLUE)
    drafting.plan(
        db, draft.revision, due_at=NIGHT + HOUR, reason="spring", by=PRIYA, at=NIGHT
    )

    with pytest.raises(drafting.DraftPlanned):
        put(db, Assign(field="email", value="desk@larkfield.example"))
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
    draft = put(db, Assign(field="email", value="desk@larkfield.example"))

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


def test_a_file_keeps_what_others_changed_since_it_was_exported(
    db: TenantSession,
) -> None:
    exported = tenants.export_town(db)
    draft = put(db, BLUE)
    file = "# Ours.\n" + exported.replace(
        "hall@larkfield.example", "us@larkfield.example"
    )

    shown = drafting.incoming(db, file, since=1)
    drafting.take_over(db, shown.body, instead_of=draft.body, by=TOM, at=NIGHT)

    edited = drafting.editing(db)
    assert (edited.town.color, edited.town.email) == ("#112233", "us@larkfield.example")
    assert draft.body.startswith("# Ours.\n")
    assert shown.clashes == ()
    [change, _] = drafting.changes_of(db, draft)
    drafting.undo(db, change.id, by=TOM, at=NIGHT)
    assert draft.body == exported.replace("#e8c200", "#112233")


def test_the_file_of_another_town_is_refused(db: TenantSession) -> None:
    theirs = examples.text("sainte-aurore")

    with pytest.raises(drafting.AnotherTown):
        drafting.incoming(db, theirs, since=None)


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
