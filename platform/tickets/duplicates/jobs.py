"""Once a week each town is taught what its own me-toos say."""

from __future__ import annotations

from datetime import datetime
from random import shuffle

from tickets.duplicates.lessons import taught_enough, teach
from townline.db import Database
from townline.tenancy import town


def learn_anew(database: Database, *, at: datetime) -> int:
    """As the engine: one short transaction a town; how many there were to teach."""
    with database.everybody() as session:
        towns = list(session.scalars(taught_enough(at=at)))
    # Several workers tick at once: in random order they seldom meet in one town.
    shuffle(towns)
    taught = 0
    for tenant_id in towns:
        with town(database, tenant_id) as db:
            taught += teach(db, at=at)
    return taught
