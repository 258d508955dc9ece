"""Larkfield's people at work on their rules, and what they do again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy.orm import Session

import tenants
from tenants import Knowledge, drafting
from tenants.drafting import Assign, Edit, Put
from tenants.town import Override
from tests.conftest import NIGHT
from tests.tenants.larkfield import LARKFIELD
from townline.db import Database
from townline.proof import Actor
from townline.tenancy import TenantSession

PRIYA, TOM = Actor("town", "Priya Nair"), Actor("town", "Tom Hale")
NOTHING = Knowledge()
HOUR = timedelta(hours=1)
LARKFIELDS_FILE = tenants.write(LARKFIELD).replace(
    "boundary =", "# Our limits.\nboundary ="
)
BLUE = Assign(field="color", value="#112233")
ADDRESS = Assign(field="email", value="desk@larkfield.example")


@contextmanager
def larkfield_in(database: Database) -> Iterator[TenantSession]:
    """A transaction that is undone with its story."""
    with Session(database.engine, expire_on_commit=False) as session:
        made = tenants.import_town(
            session, LARKFIELDS_FILE, author="tests", reason="", at=NIGHT
        )
        yield TenantSession(made.tenant_id, session)
        session.rollback()


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
