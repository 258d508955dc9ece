"""Events as rows: enough to decide again, long after, exactly as it was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from escalation.conformance.models import RunEvent
from escalation.rules import Event
from townline.db import new_id
from townline.tenancy import TenantSession

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


def keep(
    db: TenantSession, run_id: UUID, event: Event, *, people: UUID, at: datetime
) -> None:
    """Whoever decides holds the run's lock, so that nobody takes the same number."""
    said = RunEvent.tenant_id == db.tenant_id, RunEvent.run_id == run_id
    following = select(func.coalesce(func.max(RunEvent.seq), 0) + 1).where(*said)
    db.session.execute(
        insert(RunEvent).values(
            tenant_id=db.tenant_id,
            id=new_id(),
            run_id=run_id,
            seq=following.scalar_subquery(),
            at=at,
            kind=type(event).__name__,
            payload=payload_of(event),
            people_version=people,
        )
    )


def payload_of(event: Event) -> dict[str, Any]:
    payload: dict[str, Any] = msgspec.to_builtins(event)
    return payload


def event_of(row: RunEvent) -> Event:
    return msgspec.convert(row.payload, KINDS[row.kind])
