"""Many tickets in one message: each stays a promise, with its own code and page.

The message belongs to the first of them; the others are carried. What becomes of it
becomes of all, but nobody's acceptance touches another's ticket.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import insert, literal, select, update

from notify.models import Notification
from notify.service.relaylog import told
from notify.service.wording import Draft, Worded
from notify.sharing import Carried
from townline.db import new_id
from townline.sets import given
from townline.tenancy import TenantSession


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft a party. What lacks a code could not be answered in a list."""
    parties: dict[UUID, list[Draft]] = defaultdict(list)
    for each in drafts:
        together = each.party if each.code else None
        parties[together or each.due.id].append(each)
    return [_together(party) for party in parties.values()]


def _together(party: Sequence[Draft]) -> Draft:
    first, *others = sorted(party, key=lambda each: (each.due.promised_at, each.due.id))
    return replace(first, carried=tuple(others))


@dataclass(frozen=True, slots=True)
class _Line:
    """One carried ticket; its fields are the columns' names."""

    id: UUID
    attempt_id: UUID
    notification_id: UUID
    number: int
    token: str


@dataclass(frozen=True, slots=True)
class _Merged:
    id: UUID
    code: str | None
    carried_by: UUID


LINE = [getattr(Carried, name) for name in _Line.__dataclass_fields__]
MERGED = [getattr(Notification, name) for name in _Merged.__dataclass_fields__]


def carry(db: TenantSession, worded: Iterable[Worded], *, at: datetime) -> None:
    """Write whose words went out with whose, in the intent's transaction."""
    carrying = [each for each in worded if each.words and each.draft.carried]
    if not carrying:
        return
    lines, rows = [], []
    for each in carrying:
        lead = each.draft.due.id
        for draft, token in zip(each.draft.carried, each.tokens, strict=True):
            due = draft.due
            lines.append(_Line(new_id(), each.attempt_id, due.id, due.tries + 1, token))
            rows.append(_Merged(due.id, draft.code, lead))
        _tell(db, each, at=at)
    _insert(db, lines)
    _move(db, rows)


def _tell(db: TenantSession, it: Worded, *, at: datetime) -> None:
    text = it.words.body if it.words else ""
    for draft in it.draft.carried:
        tried = _Tried(it.attempt_id, draft.due.tries + 1)
        known = {"text": text, "together": len(it.draft.carried) + 1}
        told(db, draft.due, "relay.attempted", at=at, attempt=tried, **known)


@dataclass(frozen=True, slots=True)
class _Tried:
    """The attempt, as the carried promise counts it."""

    id: UUID
    number: int


def _insert(db: TenantSession, lines: Sequence[_Line]) -> None:
    these = given(lines, *LINE)
    town = literal(db.tenant_id, Carried.tenant_id.type)
    rows = select(town, *these.c)
    db.session.execute(insert(Carried).from_select(["tenant_id", *LINE], rows))


def _move(db: TenantSession, rows: Sequence[_Merged]) -> None:
    these = given(rows, *MERGED)
    db.session.execute(
        update(Notification)
        .where(Notification.tenant_id == db.tenant_id, Notification.id == these.c.id)
        .values(
            state="merged",
            code=these.c.code,
            carried_by=these.c.carried_by,
            tries=Notification.tries + 1,
            lease=Notification.lease + 1,
            look_at=None,
        )
        .execution_options(synchronize_session=False)
    )
