"""The one recurring act: what has been asked for since, learnt in every town."""

from __future__ import annotations

from datetime import datetime

import tenants
from tickets.suggesting.learning import learn
from townline.db import Database
from townline.tenancy import town


def keep_up(database: Database, *, at: datetime) -> int:
    """A short transaction a town; a town that another worker reads is left alone."""
    with database.everybody() as session:
        ids = [tenant.id for tenant in tenants.all_towns(session)]
    learnt = 0
    for tenant_id in ids:
        with town(database, tenant_id) as db:
            learnt += learn(db, at=at)
    return learnt
