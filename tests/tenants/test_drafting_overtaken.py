"""Several change the same rules at once, and nobody's change is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace

import tenants
from tenants import drafting, examples
from tenants.drafting import Assign, Edit, Put
from tenants.drafting.lines import merged_lines
from tenants.drafting.merging import merged
from tenants.town import Rung, Step, Town, Vacation
from tests.conftest import NIGHT
from tests.tenants.drafts import (
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
from tests.tenants.larkfield import LARKFIELD, both
from townline.db import Database
from townline.tenancy import TenantSession


@pytest.fixture
def db(engine_database: Database, towns: dict[str, UUID]) -> Iterator[TenantSession]:
    with larkfield_in(engine_database) as db:
        yield db


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

    with pytest.raises(drafting.ClashUnsettled):
        publish(db, draft)

    drafting.settle(db, ["color"], by=PRIYA, at=NIGHT)

    assert drafting.editing(db).town.color == "#445566"
    assert drafting.unsettled(db, draft) is None


def test_what_goes_wrong_already_does_not_keep_a_swap_from_holding(
    db: TenantSession,
) -> None:
    """Ana has answered STOP; a step that reaches nobody is another matter."""
    stopped = tenants.Knowledge(opted_out=frozenset({"+13125550151"}))
    everyday = tenants.current(db).town.policies[0]
    letter = Step(to=("contact:desk",), rungs=(Rung(channel="email"),), wait=60)
    worse = replace(everyday, steps=(letter,))

    def tonight(change: Edit) -> int:
        return drafting.change_now(
            db, change, reason="tonight", by=TOM, at=NIGHT, known=stopped
        ).number

    assert tonight(swap(db)) == 2
    with pytest.raises(tenants.TownUnsafe, match="no email address"):
        tonight(Put(table="policies", entry=worse, key="everyday"))


def test_a_plan_does_not_undo_what_could_not_wait(db: TenantSession) -> None:
    draft = put(db, BLUE)
    drafting.plan(
        db, draft.revision, due_at=NIGHT + HOUR, reason="spring", by=PRIYA, at=NIGHT
    )
    now(db, Assign(field="color", value="#445566"))

    with pytest.raises(drafting.ClashUnsettled) as refused:
        drafting.publish_planned(db, at=NIGHT + HOUR, known=NOTHING)
    drafting.refuse_plan(db, str(refused.value), at=NIGHT + HOUR)

    assert drafting.plan_of(db, draft) is None
    plan = drafting.refused_plan_of(db, draft)
    assert plan is not None
    assert plan.refused == str(refused.value)
    assert tenants.current(db).town.color == "#445566"


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


ANA, DAN, DESK = LARKFIELD.contacts
AWAY, LATER = (
    Vacation(
        starts=(NIGHT + hours * HOUR).replace(tzinfo=None),
        ends=(NIGHT + (hours + 1) * HOUR).replace(tzinfo=None),
    )
    for hours in (1, 5)
)


def with_contacts(*contacts: object) -> Town:
    return replace(LARKFIELD, contacts=contacts)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "clashes"),
    [
        pytest.param(
            replace(LARKFIELD, color="#112233"),
            replace(LARKFIELD, email="a@b.example"),
            replace(LARKFIELD, color="#112233", email="a@b.example"),
            [],
            id="different fields",
        ),
        pytest.param(
            replace(LARKFIELD, color="#112233"),
            replace(LARKFIELD, color="#445566"),
            replace(LARKFIELD, color="#112233"),
            ["color"],
            id="the same field: ours stays and it is said",
        ),
        pytest.param(
            with_contacts(replace(ANA, name="Ana R."), DAN, DESK),
            with_contacts(replace(ANA, mobile="+13125550199"), DAN, DESK),
            with_contacts(
                replace(ANA, name="Ana R.", mobile="+13125550199"), DAN, DESK
            ),
            [],
            id="different fields of one entry",
        ),
        pytest.param(
            with_contacts(replace(ANA, vacations=(AWAY,)), DAN, DESK),
            with_contacts(replace(ANA, vacations=(LATER,)), DAN, DESK),
            with_contacts(replace(ANA, vacations=(AWAY, LATER)), DAN, DESK),
            [],
            id="two vacations",
        ),
        pytest.param(
            with_contacts(DAN, ANA, DESK),
            with_contacts(ANA, DESK),
            with_contacts(ANA, DESK),
            [],
            id="one moved what the other removed",
        ),
        pytest.param(
            with_contacts(ANA, DESK),
            with_contacts(ANA, replace(DAN, title=both("Boss", "Chef")), DESK),
            with_contacts(ANA, DESK),
            ['contacts "dan"'],
            id="one removed what the other changed",
        ),
        pytest.param(
            replace(LARKFIELD, hours=LARKFIELD.hours[:1]),
            replace(LARKFIELD, hours=LARKFIELD.hours[1:]),
            replace(LARKFIELD, hours=LARKFIELD.hours[:1]),
            ["hours"],
            id="a list whose order says something",
        ),
    ],
)
def test_what_only_one_side_changed_is_as_that_side_has_it(
    ours: Town, theirs: Town, expected: Town, clashes: list[str]
) -> None:
    town, found = merged(LARKFIELD, ours, theirs)

    assert town == expected
    assert [each.path for each in found] == clashes
    giving_way, _ = merged(LARKFIELD, ours, theirs, giving_way=clashes)
    assert (giving_way == expected) == (not clashes)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param("a\nB\nc\nd\n", "a\nb\nc\nD\n", "a\nB\nc\nD\n", id="apart"),
        pytest.param("a\nB\nc\nd\n", "a\nB\nc\nd\n", "a\nB\nc\nd\n", id="the same"),
        pytest.param("a\nB\nc\nd\n", "a\nX\nc\nd\n", None, id="one line"),
        pytest.param("a\nb\nc\nd\nE\n", "a\nb\nc\n", None, id="next to it"),
    ],
)
def test_lines_of_both_are_kept_unless_they_touch(
    ours: str, theirs: str, expected: str | None
) -> None:
    assert merged_lines("a\nb\nc\nd\n", ours, theirs) == expected
