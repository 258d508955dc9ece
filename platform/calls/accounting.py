"""What is kept of a call when it is over, and what is not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from calls import presence
from calls.changes import change, tell
from calls.errors import AlreadyWrappedUp
from calls.models import Call
from calls.rules.dispositions import BILLABLE, Disposition
from townline.proof import Actor
from townline.tenancy import TenantSession


def wrap_up(
    db: TenantSession,
    call_id: UUID,
    disposition: Disposition,
    *,
    by: Actor,
    at: datetime,
    billable: bool | None = None,
) -> Call:
    """Say how the call went; ``billable`` only where the town's contract differs."""
    said: dict[str, object] = {
        "disposition": disposition,
        "billable": BILLABLE[disposition] if billable is None else billable,
    }
    unsaid = Call.disposition.is_(None)
    call = change(db, call_id, unsaid, disposed_at=at, disposed_by=by.name, **said)
    if call is None:
        return _as_before(db.get(Call, call_id), disposition)
    presence.let_go(db, call, at=at)
    tell(db, "call.wrapped_up", call, at=at, by=by, **said)
    return call


def forget_caller(db: TenantSession, call_id: UUID, *, at: datetime) -> None:
    """The caller has asked to stay anonymous: their number goes from this call too."""
    if forgotten := change(db, call_id, Call.caller.is_not(None), caller=None):
        tell(db, "call.caller_forgotten", forgotten, at=at)


def _as_before(call: Call, disposition: Disposition) -> Call:
    if call.disposition != disposition:
        raise AlreadyWrappedUp
    return call
