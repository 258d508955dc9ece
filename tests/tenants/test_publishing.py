from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

import tenants
from tenants import examples
from tenants.publishing import OneTownATransaction
from tenants.town import Town
from tests.tenants.larkfield import LARKFIELD, both, utc
from tests.tenants.published import published
from townline.db import Database, new_id
from townline.errors import NotFound
from townline.tenancy import TenantSession

NOON = utc("2026-02-11T18:00")
LATER = utc("2026-02-12T18:00")
# A line of Riverton's, in its file.
RIVERTON_LINE = "+13125550100"


@pytest.fixture
def session(engine_database: Database, towns: dict[str, UUID]) -> Iterator[Session]:
    """A transaction of an importer, undone afterwards."""
    with Session(engine_database.engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


def publish(session: Session, town: Town, **remarks: str) -> tenants.Published:
    document = tenants.write(town) + "".join(f"# {each}\n" for each in remarks.values())
    return tenants.import_town(
        session, document, author="Priya Nair", reason="spring", at=NOON
    )


def db_of(session: Session, published: tenants.Published) -> TenantSession:
    return TenantSession(published.tenant_id, session)


def test_the_first_import_makes_the_town(session: Session) -> None:
    published = publish(session, LARKFIELD)

    rules = tenants.current(db_of(session, published))
    assert (published.slug, published.number, published.changed) == (
        "larkfield",
        1,
        True,
    )
    assert (rules.version_id, rules.number) == (published.version_id, 1)
    assert rules.town == LARKFIELD
    assert tenants.by_slug(session, "larkfield").name == "Larkfield"
    assert tenants.find_line(session, "+13125550150") == published.tenant_id


def test_the_same_document_is_no_new_version(session: Session) -> None:
    first = publish(session, LARKFIELD)

    again = publish(session, LARKFIELD)

    assert (again.version_id, again.number) == (first.version_id, 1)
    assert not again.changed


def test_a_version_is_kept_when_the_next_one_holds(session: Session) -> None:
    first = publish(session, LARKFIELD)
    second = publish(session, replace(LARKFIELD, color="#112233"))
    db = db_of(session, second)

    assert tenants.current(db).town.color == "#112233"
    assert tenants.rules_of(db, first.version_id).town == LARKFIELD
    assert [each.number for each in session.scalars(tenants.versions(db))] == [2, 1]


def test_exporting_gives_the_document_to_the_letter(session: Session) -> None:
    published = publish(session, LARKFIELD, remark="Ana asked for this.")

    exported = tenants.export_town(db_of(session, published))

    assert exported == tenants.write(LARKFIELD) + "# Ana asked for this.\n"
    again = tenants.import_town(session, exported, author="x", reason="", at=LATER)
    assert not again.changed


def test_publishing_is_in_the_towns_log(session: Session) -> None:
    published = publish(session, LARKFIELD)

    [entry] = session.info["log"]

    assert entry["event"] == "town.published"
    assert entry["subject"] == published.tenant_id
    assert entry["actor"] == "town Priya Nair"
    assert '"version":1' in entry["facts"]


def test_a_document_with_faults_publishes_nothing(session: Session) -> None:
    wrong = replace(LARKFIELD, time_zone="Mars/Olympus")

    with pytest.raises(tenants.TownFileInvalid):
        publish(session, wrong)

    assert tenants.look_up(session, "larkfield") is None


def test_a_number_belongs_to_one_town(session: Session) -> None:
    line = replace(LARKFIELD.lines[0], number=RIVERTON_LINE)

    with pytest.raises(tenants.LineTaken, match=r"\+13125550100"):
        publish(session, replace(LARKFIELD, lines=(line,)))


def test_a_number_no_longer_in_the_file_is_free_again(session: Session) -> None:
    publish(session, LARKFIELD)
    line = replace(LARKFIELD.lines[0], number="+13125550159")

    published = publish(session, replace(LARKFIELD, lines=(line,)))

    assert tenants.find_line(session, "+13125550150") is None
    assert tenants.find_line(session, "+13125550159") == published.tenant_id


def test_two_towns_do_not_share_a_prefix(session: Session) -> None:
    with pytest.raises(tenants.PrefixTaken):
        publish(session, replace(LARKFIELD, prefix="RIV"))


def test_a_town_keeps_its_prefix(session: Session) -> None:
    publish(session, LARKFIELD)

    with pytest.raises(tenants.PrefixFixed):
        publish(session, replace(LARKFIELD, prefix="LKF"))


def test_a_town_may_take_another_name(session: Session) -> None:
    publish(session, LARKFIELD)

    publish(session, replace(LARKFIELD, name=both("New Larkfield", "Larkfield")))

    assert tenants.by_slug(session, "larkfield").name == "New Larkfield"


def test_a_transaction_imports_one_town(session: Session) -> None:
    publish(session, LARKFIELD)

    with pytest.raises(OneTownATransaction):
        tenants.import_town(
            session, examples.text("riverton"), author="x", reason="", at=NOON
        )


def test_a_preview_says_what_would_change_and_changes_nothing(
    session: Session,
) -> None:
    published = publish(session, LARKFIELD)
    changed = tenants.write(replace(LARKFIELD, color="#112233"))

    differences = tenants.preview(session, changed)

    assert [str(each) for each in differences] == [
        'color changes from "#e8c200" to "#112233".'
    ]
    assert tenants.current(db_of(session, published)).number == 1


def test_a_preview_of_a_new_town_says_that_it_changed(session: Session) -> None:
    differences = tenants.preview(session, tenants.write(LARKFIELD))

    assert [str(each) for each in differences] == [
        'town "larkfield" is added: 2 categories, 3 contacts.'
    ]


def test_a_preview_tells_of_comments_too(session: Session) -> None:
    publish(session, LARKFIELD)

    differences = tenants.preview(session, tenants.write(LARKFIELD) + "# new\n")

    assert [each.path for each in differences] == ["layout and comments"]


def test_a_preview_of_the_document_that_holds_is_empty(session: Session) -> None:
    assert tenants.preview(session, examples.text("riverton")) == ()


def test_the_example_towns_are_found_by_whatever_names_them(
    session: Session, towns: dict[str, UUID]
) -> None:
    riverton = towns["riverton"]

    assert tenants.by_slug(session, "riverton").id == riverton
    assert tenants.by_prefix(session, "RIV").id == riverton
    assert tenants.by_id(session, riverton).slug == "riverton"
    assert tenants.find_line(session, RIVERTON_LINE) == riverton
    assert [each.slug for each in tenants.all_towns(session)] == [
        "riverton",
        "sainte-aurore",
    ]


def test_what_names_no_town_is_not_found(session: Session) -> None:
    assert tenants.look_up(session, "nowhere") is None
    assert tenants.find_line(session, "+13125559999") is None
    with pytest.raises(NotFound):
        tenants.by_slug(session, "nowhere")
    with pytest.raises(NotFound):
        tenants.by_prefix(session, "XXX")
    with pytest.raises(NotFound):
        tenants.by_id(session, new_id())


def test_a_town_without_rules_says_so(riverton: TenantSession) -> None:
    nowhere = TenantSession(new_id(), riverton.session)
    nowhere.session.info["tenant_id"] = nowhere.tenant_id

    with pytest.raises(tenants.NotPublished):
        tenants.current(nowhere)
    with pytest.raises(tenants.NotPublished):
        tenants.export_town(nowhere)


def test_a_tenant_cannot_see_anothers_rules(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    theirs = tenants.current(sainte_aurore).version_id

    with pytest.raises(NotFound):
        tenants.rules_of(riverton, theirs)


def test_rules_are_read_from_the_database_once(riverton: TenantSession) -> None:
    first = tenants.current(riverton)

    assert tenants.current(riverton) is first
    assert tenants.rules_of(riverton, first.version_id) is first


def test_a_published_version_cannot_be_changed(session: Session) -> None:
    publish(session, LARKFIELD)

    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text("update town_version set body = ''"))


def test_which_version_holds_is_asked_once_a_transaction(
    engine_database: Database, sweeper: Engine, riverton: TenantSession
) -> None:
    """What began under one version goes on under it."""
    before = tenants.current(riverton)

    with published(engine_database, sweeper, replace(before.town, color="#123456")):
        after = tenants.current(riverton)
        riverton.session.rollback()

    assert after.version_id == before.version_id


def test_what_a_transaction_publishes_holds_in_it_at_once(session: Session) -> None:
    db = db_of(session, publish(session, LARKFIELD))
    tenants.current(db)

    after = publish(session, replace(LARKFIELD, name=both("Lark Field", "Lark Field")))

    assert tenants.current(db).version_id == after.version_id


def test_another_transaction_sees_what_was_published_meanwhile(
    engine_database: Database, sweeper: Engine, riverton: TenantSession
) -> None:
    before = tenants.current(riverton)
    riverton.session.commit()

    with published(engine_database, sweeper, replace(before.town, color="#123456")):
        after = tenants.current(riverton)
        riverton.session.rollback()

    assert after.number == before.number + 1
