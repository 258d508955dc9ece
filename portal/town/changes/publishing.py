"""Letting changes hold: with what is known of the town's people, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import escalation
import notify
import tenants
from tenants import Knowledge, Published, drafting
from tenants.drafting import Edit
from townline.db import Database
from townline.errors import Problem
from townline.proof import Actor
from townline.tenancy import TenantSession, town

Act = Callable[[Knowledge], Published | None]


def publish(
    db: TenantSession, revision: int, *, reason: str, by: Actor, at: datetime
) -> Published | None:
    """The draft as it was seen holds from now on."""
    return _known(
        db,
        lambda known: drafting.publish(
            db, revision, reason=reason, by=by, at=at, known=known
        ),
        at=at,
    )


def change_now(
    db: TenantSession, change: Edit, *, reason: str, by: Actor, at: datetime
) -> Published | None:
    return _known(
        db,
        lambda known: drafting.change_now(
            db, change, reason=reason, by=by, at=at, known=known
        ),
        at=at,
    )


def confirm_now(
    db: TenantSession, key: str, where: str, *, by: Actor, at: datetime
) -> Published | None:
    """A contact's destination, after the code that was sent there came back."""
    return _known(
        db,
        lambda known: drafting.confirm_now(db, key, where, by=by, at=at, known=known),
        at=at,
    )


def roll_back(
    db: TenantSession, number: int, *, reason: str, by: Actor, at: datetime
) -> Published | None:
    return _known(
        db,
        lambda known: drafting.roll_back(
            db, number, reason=reason, by=by, at=at, known=known
        ),
        at=at,
    )


def publish_due(database: Database, *, at: datetime) -> int:
    """Whatever was to be published by now; what cannot be says why on its page."""
    with database.everybody() as session:
        due = drafting.towns_due(session, at=at)
    return sum(_publish_planned(database, tenant_id, at=at) for tenant_id in due)


def _publish_planned(database: Database, tenant_id: UUID, *, at: datetime) -> bool:
    try:
        with town(database, tenant_id) as db:
            published = _known(
                db,
                lambda known: drafting.publish_planned(db, at=at, known=known),
                at=at,
            )
    except Problem as refused:
        with town(database, tenant_id) as db:
            drafting.refuse_plan(db, str(refused), at=at)
        return False
    return published is not None


def _known(db: TenantSession, act: Act, *, at: datetime) -> Published | None:
    """An emergency texts nobody whose number has not been looked up by then."""
    published = act(escalation.knowledge(db, at=at))
    if published is not None and published.changed:
        notify.foresee_lines(db, tenants.current(db).town, at=at)
    return published
