"""The one recurring act: whatever fell due, in every town. Twice does no harm."""

from __future__ import annotations

from datetime import datetime
from random import shuffle
from uuid import UUID

from surveys.queries import towns_with_due_work
from surveys.service.follow_ups import take_up
from surveys.service.invitations import send_invitations
from townline.db import Database
from townline.tenancy import town


def tick(database: Database, *, at: datetime) -> int:
    """As the engine: find the towns, then one short transaction in each."""
    with database.everybody() as session:
        towns = list(session.scalars(towns_with_due_work(at)))
    # Several workers tick at once: in random order they seldom meet in one town.
    shuffle(towns)
    return sum(_sweep(database, tenant_id, at=at) for tenant_id in towns)


def _sweep(database: Database, tenant_id: UUID, *, at: datetime) -> int:
    with town(database, tenant_id) as db:
        return take_up(db, at=at) + send_invitations(db, at=at)
