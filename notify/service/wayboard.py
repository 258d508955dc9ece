"""The ways that are out of order, for whoever watches over several towns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - of the towns an agent serves

from notify.message import Channel
from notify.rules.routing import Provider
from notify.ways import CircuitRow


@dataclass(frozen=True, slots=True)
class ShutWay:
    """One sender of a town that is left alone, since when, and why.

    ``why`` is "failing", or the provider's code when we ourselves may not send: then
    nobody but operations can help.
    """

    tenant_id: UUID
    channel: Channel
    provider: Provider
    ours: str
    why: str
    since: datetime

    @property
    def needs_people(self) -> bool:
        return self.why != "failing"


def shut_ways(session: Session) -> Sequence[ShutWay]:
    """Those that the session may see, the latest first."""
    statement = (
        select(
            CircuitRow.tenant_id,
            CircuitRow.channel,
            CircuitRow.provider,
            CircuitRow.ours,
            CircuitRow.why,
            CircuitRow.changed_at,
        )
        .where(CircuitRow.open_until.is_not(None))
        .order_by(CircuitRow.changed_at.desc())
    )
    return [ShutWay(*row) for row in session.execute(statement)]
