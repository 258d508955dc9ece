"""The list of calls to make, for the towns of a board session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Exists, case, exists, func, or_, select
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

import tickets
from calls.models import Call
from calls.returning.models import CallBack, Result, Voicemail
from calls.returning.working import held_since
from calls.rules.claims import is_short

Why = Literal["requested", "voicemail", "abandoned"]
ORDER: tuple[Why, ...] = ("requested", "voicemail", "abandoned")


class LeftMessage(Struct, frozen=True, kw_only=True):
    """A voicemail; the transcript is a machine's, and may never come."""

    tenant_id: UUID
    id: UUID
    call_back_id: UUID
    seconds: int
    left_at: datetime
    transcript: str | None


class OwedCall(Struct, frozen=True, kw_only=True):
    """A number to ring, by the ``name`` it gave on an earlier ticket, if it did.

    Without a number there are only the messages to hear. ``claimed_by`` is the agent
    who rings it now.
    """

    tenant_id: UUID
    id: UUID
    call_id: UUID
    number: str | None
    name: str | None
    line: str
    language: str
    since: datetime
    last_at: datetime
    times: int
    longest_wait: int
    wanted_at: datetime | None
    tries: int
    tried_at: datetime | None
    result: Result | None
    claimed_by: UUID | None
    claimed_by_name: str | None
    messages: tuple[LeftMessage, ...] = ()

    @property
    def why(self) -> Why:
        if self.wanted_at:
            return "requested"
        return "voicemail" if self.messages else "abandoned"

    @property
    def waited(self) -> timedelta:
        """The longest of their waits."""
        return timedelta(seconds=self.longest_wait)

    @property
    def is_short(self) -> bool:
        """Hung up at once every time: more likely a misdial than a need."""
        return self.why == "abandoned" and is_short(self.waited)


def owed(session: Session, *, at: datetime) -> Sequence[OwedCall]:
    """Who asked for it first, then who left word, then who hung up; misdials last."""
    fresh = CallBack.claimed_at >= held_since(at)
    rows = (
        session.execute(
            select(
                CallBack.tenant_id,
                CallBack.id,
                CallBack.call_id,
                CallBack.number,
                tickets.name_at(CallBack.tenant_id, CallBack.number).label("name"),
                CallBack.line,
                CallBack.language,
                CallBack.since,
                CallBack.last_at,
                CallBack.times,
                CallBack.longest_wait,
                CallBack.wanted_at,
                CallBack.tries,
                CallBack.tried_at,
                CallBack.result,
                case((fresh, CallBack.claimed_by)).label("claimed_by"),
                case((fresh, CallBack.claimed_by_name)).label("claimed_by_name"),
            ).where(
                CallBack.done_at.is_(None),
                or_(CallBack.number.is_not(None), _has_message()),
            )
        )
        .mappings()
        .all()
    )
    messages = _messages(session, (row["id"] for row in rows))
    found = [OwedCall(**row, messages=messages.get(row["id"], ())) for row in rows]
    return sorted(found, key=_turn)


def withheld(session: Session, *, since: datetime) -> int:
    """Callers who waited in vain and cannot be rung back: counted, never listed."""
    number = session.scalar(
        select(func.count())
        .select_from(Call)
        .where(
            Call.arrived_at >= since,
            Call.queued_at.is_not(None),
            Call.ended_at.is_not(None),
            Call.connected_at.is_(None),
            Call.caller.is_(None),
            Call.disposition.is_(None),
            ~exists().where(
                Voicemail.tenant_id == Call.tenant_id, Voicemail.call_id == Call.id
            ),
        )
    )
    return number or 0


def _messages(
    session: Session, ids: Iterable[UUID]
) -> Mapping[UUID, tuple[LeftMessage, ...]]:
    rows = session.execute(
        select(
            Voicemail.tenant_id,
            Voicemail.id,
            Voicemail.call_back_id,
            Voicemail.seconds,
            Voicemail.left_at,
            Voicemail.transcript,
        )
        .where(Voicemail.call_back_id.in_(list(ids)))
        .order_by(Voicemail.left_at)
    )
    found: dict[UUID, tuple[LeftMessage, ...]] = {}
    for row in rows.mappings():
        each = LeftMessage(**row)
        found[each.call_back_id] = (*found.get(each.call_back_id, ()), each)
    return found


def _has_message() -> Exists:
    return exists().where(
        Voicemail.tenant_id == CallBack.tenant_id, Voicemail.call_back_id == CallBack.id
    )


def _turn(each: OwedCall) -> tuple[bool, int, datetime]:
    return each.is_short, ORDER.index(each.why), each.since
