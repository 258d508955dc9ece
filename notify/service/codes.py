"""Giving out reply codes: one for each phone and ticket, the same for repeats.

A phone is theirs alone: which of our numbers a text came from is for carriers to say,
and no code may mean two things whichever it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from notify.models import Fence, ReplyCode
from notify.rules import codes
from notify.service.wording import Draft
from townline.db import new_id
from townline.prepared import Prepared
from townline.sets import packed, to_be_among, to_be_given
from townline.tenancy import TenantSession

Taken = tuple[str, str]  # a phone and a code


@dataclass(slots=True)
class _Codes:
    """One phone's: those that cannot be given, and each group's with its instant."""

    taken: set[str] = field(default_factory=set)
    live: dict[UUID | None, tuple[str, datetime]] = field(default_factory=dict)

    def give(self, group: UUID | None, *, at: datetime) -> str | None:
        """The group's code, the same for repeats; None if all 9,987 are in use."""
        if group not in self.live and (code := codes.next_code(self.taken)):
            self.taken.add(code)
            self.live[group] = code, at
        return self.live[group][0] if group in self.live else None


class _Row(Struct, frozen=True):
    """A code to be written; its fields are the columns' names."""

    id: UUID
    ours: str
    theirs: str
    code: str
    fence_id: UUID | None
    notification_id: UUID
    given_at: datetime


STANDING = Prepared(
    select(
        ReplyCode.theirs,
        ReplyCode.code,
        ReplyCode.fence_id,
        ReplyCode.given_at,
        ReplyCode.retired_at,
    ).where(ReplyCode.tenant_id == bindparam("town"), to_be_among(ReplyCode.theirs))
)
COLUMNS = [getattr(ReplyCode, name) for name in _Row.__struct_fields__]

# One statement writes them in the order of phones and codes, repeats among them.
FRESH = insert(ReplyCode).from_select(
    ["tenant_id", *COLUMNS],
    select(bindparam("town", type_=ReplyCode.tenant_id.type), *to_be_given(*COLUMNS).c),
)
NEW = FRESH.excluded
REPEATED = ReplyCode.retired_at.is_(None) & (ReplyCode.fence_id == NEW.fence_id)
RENEWED = ("ours", "fence_id", "notification_id", "given_at", "retired_at")
WRITE = Prepared(
    FRESH.on_conflict_do_update(
        index_elements=["tenant_id", "theirs", "code"],
        set_={name: NEW[name] for name in RENEWED},
        where=(ReplyCode.retired_at <= bindparam("rested")) | REPEATED,
    ).returning(ReplyCode.theirs, ReplyCode.code)
)


def with_codes(
    db: TenantSession, drafts: Sequence[Draft], *, at: datetime
) -> list[Draft]:
    """Each with its code, phone by phone.

    Two workers may want the same code for two tickets: one of them gets it, and the
    other leaves its message for the next pass.
    """
    asking = sorted(filter(_asks, drafts), key=_phone_and_group)
    if not asking:
        return list(drafts)
    standing = _standing(db, {_phone(each) for each in asking}, at=at)
    coded = [
        replace(each, code=standing[_phone(each)].give(each.due.fence_id, at=at))
        for each in asking
    ]
    won = _write(db, coded, standing, at=at)
    kept = [each for each in coded if each.code is None or _taken(each) in won]
    return kept + [each for each in drafts if not _asks(each)]


def live_codes(db: TenantSession, theirs: str) -> Sequence[tuple[ReplyCode, Fence]]:
    """What this phone may answer to, the latest last."""
    statement = (
        select(ReplyCode, Fence)
        .join(
            Fence,
            (Fence.tenant_id == db.tenant_id) & (Fence.id == ReplyCode.fence_id),
        )
        .where(
            ReplyCode.tenant_id == db.tenant_id,
            ReplyCode.theirs == theirs,
            ReplyCode.retired_at.is_(None),
        )
        .order_by(ReplyCode.given_at)
    )
    return [(code, fence) for code, fence in db.session.execute(statement)]


def find_code(db: TenantSession, theirs: str, code: str) -> ReplyCode | None:
    return db.session.scalar(
        db.rows(ReplyCode).where(ReplyCode.theirs == theirs, ReplyCode.code == code)
    )


def _asks(draft: Draft) -> bool:
    due = draft.due
    answerable = due.channel != "email" or draft.party is not None
    return due.wants_code and answerable and due.fence_id is not None


def _phone(draft: Draft) -> str:
    return draft.due.destination


def _phone_and_group(draft: Draft) -> tuple[str, str]:
    return _phone(draft), str(draft.due.fence_id)


def _taken(draft: Draft) -> Taken:
    return _phone(draft), draft.code or ""


def _standing(
    db: TenantSession, phones: Collection[str], *, at: datetime
) -> Mapping[str, _Codes]:
    """What these phones have; a busy one has hundreds, so only digits are read."""
    found: dict[str, _Codes] = defaultdict(_Codes)
    for theirs, code, group, given_at, retired_at in STANDING(db, among=[*phones]):
        if not codes.may_be_taken(retired_at, at=at):
            found[theirs].taken.add(code)
        if retired_at is None:
            found[theirs].live[group] = code, given_at
    return found


def _write(
    db: TenantSession,
    coded: Iterable[Draft],
    standing: Mapping[str, _Codes],
    *,
    at: datetime,
) -> set[Taken]:
    """Those that are ours now, each for the last message that carries it.

    One statement writes them in the order of phones and codes, repeats among them:
    so no two workers ever wait for each other.
    """
    rows = {_taken(each): _row(each, standing) for each in coded if each.code}
    these = packed([rows[key] for key in sorted(rows)])
    written = WRITE(db, given=these, rested=at - codes.RESTS)
    return {(theirs, code) for theirs, code in written}


def _row(draft: Draft, standing: Mapping[str, _Codes]) -> _Row:
    due = draft.due
    code, given_at = standing[_phone(draft)].live[due.fence_id]
    return _Row(
        id=new_id(),
        ours=draft.ours,
        theirs=due.destination,
        code=code,
        fence_id=due.fence_id,
        notification_id=due.id,
        given_at=given_at,
    )
