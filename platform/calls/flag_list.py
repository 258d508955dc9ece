"""The difficult callers of a supervisor's towns, and of every desk: now and lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session  # noqa: TID251 - a board over a supervisor's towns

from calls.flags import CallerFlag, OperatorFlag
from townline.errors import NotFound
from townline.tenancy import TenantSession

# Long enough to answer an appeal, which may be made for thirty days.
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ListedFlag:
    """``tenant_id`` is None for one that holds at every desk, and has no words."""

    flag: CallerFlag | OperatorFlag
    tenant_id: UUID | None
    at: datetime

    @property
    def is_in_force(self) -> bool:
        return self.flag.ended_at is None and self.flag.expires_at > self.at

    @property
    def over_since(self) -> datetime:
        return min(self.flag.ended_at or self.flag.expires_at, self.flag.expires_at)

    @property
    def last_digits(self) -> str:
        """Enough to tell two apart: a list is no place for whole numbers."""
        return self.flag.number[-4:]

    @property
    def reason(self) -> str:
        return self.flag.reason if isinstance(self.flag, CallerFlag) else ""

    @property
    def terms(self) -> str:
        return self.flag.terms if isinstance(self.flag, CallerFlag) else ""


def list_flags(
    session: Session, towns: Sequence[UUID], *, at: datetime
) -> tuple[ListedFlag, ...]:
    """Those in force first, the one that ends soonest on top; then the last ended."""
    theirs = select(CallerFlag).where(
        CallerFlag.tenant_id.in_(towns),
        CallerFlag.expires_at > at - LATELY,
        or_(CallerFlag.ended_at.is_(None), CallerFlag.ended_at > at - LATELY),
    )
    everywhere = select(OperatorFlag).where(
        OperatorFlag.expires_at > at - LATELY,
        or_(OperatorFlag.ended_at.is_(None), OperatorFlag.ended_at > at - LATELY),
    )
    found = [
        *(ListedFlag(each, each.tenant_id, at) for each in session.scalars(theirs)),
        *(ListedFlag(each, None, at) for each in session.scalars(everywhere)),
    ]
    now = sorted(
        (each for each in found if each.is_in_force),
        key=lambda each: each.flag.expires_at,
    )
    over = sorted(
        (each for each in found if not each.is_in_force),
        key=lambda each: each.over_since,
        reverse=True,
    )
    return (*now, *over)


def town_flag(db: TenantSession, flag_id: UUID, *, at: datetime) -> ListedFlag:
    return ListedFlag(db.get(CallerFlag, flag_id), db.tenant_id, at)


def every_desks_flag(session: Session, flag_id: UUID, *, at: datetime) -> ListedFlag:
    found = session.scalar(select(OperatorFlag).where(OperatorFlag.id == flag_id))
    if found is None:
        raise NotFound
    return ListedFlag(found, None, at)
