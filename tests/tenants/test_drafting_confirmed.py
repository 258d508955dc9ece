"""A destination that answered with its code counts at once, where it holds already."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace

import tenants
from tenants import drafting
from tenants.drafting import Assign, Put
from tenants.town import Contact, Publishing
from tests.conftest import NIGHT
from tests.tenants.drafts import BLUE, NOTHING, PRIYA, larkfield_in, now, publish, put
from tests.tenants.larkfield import LARKFIELD
from townline.db import Database
from townline.tenancy import TenantSession

ANA = LARKFIELD.contacts[0]
PHONE, OTHER = "+13125550151", "+13125550177"


@pytest.fixture
def db(engine_database: Database, towns: dict[str, UUID]) -> Iterator[TenantSession]:
    """Larkfield, where Ana has a letterbox that nobody has confirmed."""
    with larkfield_in(engine_database) as db:
        now(db, Put(table="contacts", entry=WAITING, key="ana"))
        yield db


WAITING = replace(
    ANA, email="ana@larkfield.example", unverified=("ana@larkfield.example",)
)


def confirm(db: TenantSession, where: str, key: str = "ana") -> int | None:
    published = drafting.confirm_now(db, key, where, by=PRIYA, at=NIGHT, known=NOTHING)
    return published.number if published else None


def holding(db: TenantSession) -> Contact:
    return tenants.current(db).town.contact("ana")


def test_it_holds_and_the_open_draft_keeps_its_own_changes(db: TenantSession) -> None:
    draft = put(db, BLUE)

    number = confirm(db, "ana@larkfield.example")

    edited = drafting.editing(db).town
    assert number == 3
    assert holding(db).unverified == edited.contact("ana").unverified == ()
    assert edited.color == "#112233"
    assert tenants.current(db).town.color != "#112233"
    assert publish(db, draft).number == 4


def test_what_is_only_in_the_draft_or_confirmed_already_waits_for_nothing(
    db: TenantSession,
) -> None:
    new = replace(WAITING, landline=OTHER, unverified=(*WAITING.unverified, OTHER))
    put(db, Put(table="contacts", entry=new, key="ana"))

    assert confirm(db, OTHER) is None
    assert confirm(db, PHONE) is None
    assert confirm(db, PHONE, key="nobody") is None
    assert holding(db).unverified == ("ana@larkfield.example",)
    assert drafting.editing(db).town.contact("ana").unverified == new.unverified


def test_a_town_of_second_persons_needs_none_for_a_fact(db: TenantSession) -> None:
    now(db, Assign(field="publishing", value=Publishing(second_person=True)))

    confirm(db, "ana@larkfield.example")

    assert holding(db).unverified == ()
    with pytest.raises(drafting.NeedsSecondPerson):
        now(db, BLUE)
