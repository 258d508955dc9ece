"""The recurring work of sending, besides the pump's: harmless when repeated."""

from __future__ import annotations

from datetime import datetime

import tenants
from notify.service import buckets
from townline.db import Database
from townline.tenancy import town


def forget_throttles(database: Database, *, at: datetime) -> int:
    """A row for everybody who was ever written to would be kept for nothing."""
    with database.everybody() as session:
        towns = [each.id for each in tenants.all_towns(session)]
    forgotten = 0
    for tenant_id in towns:
        with town(database, tenant_id) as db:
            forgotten += buckets.forget(db, at=at)
    return forgotten
