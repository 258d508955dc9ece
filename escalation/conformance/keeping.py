"""Events as rows: enough to decide again, long after, exactly as it was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import get_args
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from escalation.conformance.models import RunEvent
from escalation.rules import Event
from townline.db import new_id
from townline.prepared import Prepared
from townline.tenancy import TenantSession

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}

_OF_RUN = (
    RunEvent.tenant_id == bindparam("town"),
    RunEvent.run_id == bindparam("run"),
)
KEEP = Prepared(
    insert(RunEvent).values(
        tenant_id=bindparam("town"),
        id=bindparam("id"),
        run_id=bindparam("run"),
        seq=select(func.coalesce(func.max(RunEvent.seq), 0) + 1)
        .where(*_OF_RUN)
        .scalar_subquery(),
        at=bindparam("at"),
        kind=bindparam("kind"),
        payload=bindparam("payload", type_=RunEvent.payload.type),
        people_version=bindparam("people"),
    )
)


def keep(
    db: TenantSession, run_id: UUID, event: Event, *, people: UUID, at: datetime
) -> None:
    """Whoever decides holds the run's lock, so that nobody takes the same number."""
    KEEP(
        db,
        id=new_id(),
        run=run_id,
        at=at,
        kind=type(event).__name__,
        payload=msgspec.json.encode(event).decode(),
        people=people,
    )


def event_of(row: RunEvent) -> Event:
    return msgspec.convert(row.payload, KINDS[row.kind])
