"""On whose line an agent is: nobody may be in two towns by accident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - over the towns an agent serves

from calls.models import Call

# The exchange itself ends a call after four hours.
LONGEST_CALL = timedelta(hours=4)


def engaged(session: Session, account_id: UUID, *, at: datetime) -> Sequence[Call]:
    """The agent's own live calls in the towns of a board session, the newest first."""
    live = select(Call).where(
        Call.claimed_by == account_id,
        Call.connected_at.is_not(None),
        Call.ended_at.is_(None),
        Call.arrived_at > at - LONGEST_CALL,
    )
    return session.scalars(live.order_by(Call.connected_at.desc())).all()
