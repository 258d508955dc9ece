"""What is kept of a call when it is over, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from calls import late, presence, returning
from calls.changes import change, tell
from calls.errors import AlreadyWrappedUp
from calls.models import Call
from calls.rules.dispositions import BILLABLE, Disposition
from townline.proof import ENGINE, Actor
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
    # A call on its way to another town is accounted for there.
    open_here = (Call.disposition.is_(None), Call.moved_to.is_(None))
    call = change(db, call_id, *open_here, disposed_at=at, disposed_by=by.name, **said)
    if call is None:
        return _as_before(db.get(Call, call_id), disposition)
    presence.let_go(db, call, at=at)
    if call.topic:
        said["topic"] = call.topic
    tell(db, "call.wrapped_up", call, at=at, by=by, **said)
    if by != ENGINE:
        returning.settle(db, call, at=at)
    return call


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What it took to understand each other. A text telephone or a relay service is
    ``tty``; ``minutes`` are those that interpreting added."""

    tty: bool = False
    language: str = ""
    interpreter: str = ""
    minutes: int | None = None

    @property
    def is_any(self) -> bool:
        return self.tty or bool(self.language.strip() or self.interpreter.strip())

    @property
    def named(self) -> str | None:
        """The language, and the interpreter by the number they gave, never a name."""
        parts = (self.language.strip(), self.interpreter.strip())
        return ", ".join(filter(None, parts)) or None


def note_topic(db: TenantSession, call_id: UUID, topic: str) -> None:
    """The category of a question that was answered at once; said before wrap-up."""
    change(db, call_id, Call.disposition.is_(None), topic=topic)


def note_aids(
    db: TenantSession, call_id: UUID, aids: Aids, *, by: Actor, at: datetime
) -> None:
    """Keep what the town is billed for, and what shows how well it serves everybody."""
    if not aids.is_any:
        return
    said: dict[str, object] = {
        "tty": aids.tty,
        "interpreter": aids.named,
        "interpreter_minutes": aids.minutes,
    }
    if call := change(db, call_id, **said):
        tell(db, "call.aided", call, at=at, by=by, **said)


def forget_caller(db: TenantSession, call_id: UUID, *, at: datetime) -> None:
    """The caller has asked to stay anonymous: their number goes from this call too."""
    before = db.find(Call, call_id)
    number = before.caller if before else None
    if forgotten := change(db, call_id, Call.caller.is_not(None), caller=None):
        returning.forget(db, forgotten, number or "", at=at)
        late.left(db, number, forgotten)
        tell(db, "call.caller_forgotten", forgotten, at=at)


def _as_before(call: Call, disposition: Disposition) -> Call:
    if call.disposition != disposition:
        raise AlreadyWrappedUp
    return call
