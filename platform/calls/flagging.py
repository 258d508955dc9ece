"""Difficult callers: a flag is set, renewed and ended by people, and shown at once.

It never turns a call away. In a town it has the town's words; across the operator it
has none, so that no desk learns of one town from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

import tenants
from calls.changes import tell
from calls.errors import FlagRefused, NobodyToFlag
from calls.flags import CallerFlag, OperatorFlag
from calls.models import Call
from calls.rules import flags
from calls.rules.flags import FlagKind, Scope, Step
from townline import proof
from townline.auth import Person
from townline.errors import Conflict, Invalid, NotFound
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession

WARNED = "call.warned"
# A line or two on the call page; the rest belongs into the supervisor's report.
WORDS_LIMIT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFlag:
    """``reason`` and ``terms`` are the town's; across the operator nothing is kept
    of them."""

    scope: Scope = "town"
    kind: FlagKind = "abusive"
    reason: str = ""
    terms: str = ""
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFlag:
    """A flag as the call page shows it, of either scope."""

    id: UUID
    scope: Scope
    kind: FlagKind
    reason: str
    terms: str
    author: str
    set_at: datetime
    expires_at: datetime
    appeal_by: date
    is_mine: bool


def flag(
    db: TenantSession, call_id: UUID, asked: NewFlag, *, by: Person, at: datetime
) -> None:
    """Flag the number of a call, as far as the role goes."""
    call = db.get(Call, call_id, lock=True)
    if call.caller is None:
        raise NobodyToFlag
    if not flags.may_flag(_role(db, by), scope=asked.scope, days=asked.days):
        raise FlagRefused
    _check_words(asked)
    zone = tenants.current(db).town.time_zone
    made = _made(asked)
    made.number, made.kind, made.set_at = call.caller, asked.kind, at
    made.author, made.author_id = by.name, by.account_id
    made.expires_at = flags.expires(at, days=asked.days, zone=zone)
    made.appeal_by = flags.appeal_by(at, zone=zone)
    if isinstance(made, CallerFlag):
        db.add(made)
    else:
        db.session.add(made)
    db.session.flush()
    agent = Actor("agent", by.name)
    told = {"scope": asked.scope, "kind": asked.kind, "until": made.expires_at}
    tell(db, "call.flagged", call, at=at, by=agent, **told)


def renew(
    db: TenantSession,
    flag_id: UUID,
    *,
    days: int,
    by: Person,
    at: datetime,
    why: str = "",
) -> None:
    """For longer, by whoever might set it anew; an ended one is set anew instead."""
    found = _live(db, flag_id)
    if not flags.may_flag(_role(db, by), scope=_scope(found), days=days):
        raise FlagRefused
    zone = tenants.current(db).town.time_zone
    found.expires_at = flags.expires(at, days=days, zone=zone)
    found.appeal_by = flags.appeal_by(at, zone=zone)
    db.session.flush()
    _tell_of(db, "flag.renewed", found, by=by, at=at, why=why)


def end_flag(
    db: TenantSession, flag_id: UUID, *, by: Person, at: datetime, why: str = ""
) -> None:
    found = _live(db, flag_id)
    own = found.author_id == by.account_id
    if not flags.may_end(_role(db, by), own=own, scope=_scope(found)):
        raise FlagRefused
    found.ended_at, found.ended_by = at, by.name
    db.session.flush()
    _tell_of(db, "flag.ended", found, by=by, at=at, why=why)


def flags_on(
    db: TenantSession, number: str | None, *, by: Person, at: datetime
) -> tuple[ShownFlag, ...]:
    """What is to be known of this number now; what has expired is not shown."""
    if number is None:
        return ()
    towns = db.rows(CallerFlag).where(
        CallerFlag.number == number,
        CallerFlag.ended_at.is_(None),
        CallerFlag.expires_at > at,
    )
    everywhere = select(OperatorFlag).where(
        OperatorFlag.number == number,
        OperatorFlag.ended_at.is_(None),
        OperatorFlag.expires_at > at,
    )
    found = (*db.session.scalars(towns), *db.session.scalars(everywhere))
    return tuple(_shown(each, by) for each in found)


def warn(db: TenantSession, call_id: UUID, *, by: Person, at: datetime) -> Step:
    """The next of warn, warn again and end, as this call has heard them so far."""
    call = db.get(Call, call_id, lock=True)
    step = flags.next_step(warnings(db, call_id))
    if step is None:
        raise Conflict(gettext("This caller has been warned twice; end the call."))
    tell(db, WARNED, call, at=at, by=Actor("agent", by.name), step=step)
    return step


def warnings(db: TenantSession, call_id: UUID) -> int:
    """How many steps this call has taken; another call begins at the first."""
    entries = proof.timeline(db, call_id)
    return sum(1 for each in entries if each.event == WARNED)


def _made(asked: NewFlag) -> CallerFlag | OperatorFlag:
    """Across the operator nothing of what was written is kept."""
    if asked.scope == "operator":
        return OperatorFlag()
    return CallerFlag(reason=asked.reason.strip(), terms=asked.terms.strip())


def _check_words(asked: NewFlag) -> None:
    if asked.scope == "town" and not asked.reason.strip():
        raise Invalid(gettext("Say in a sentence what happened."), field="reason")
    if max(len(asked.reason), len(asked.terms)) > WORDS_LIMIT:
        raise Invalid(gettext("Shorten this to 400 characters."), field="reason")


def _live(db: TenantSession, flag_id: UUID) -> CallerFlag | OperatorFlag:
    """Of this town, or of every desk; another town's is not there."""
    found = db.find(CallerFlag, flag_id) or db.session.scalar(
        select(OperatorFlag).where(OperatorFlag.id == flag_id)
    )
    if found is None or found.ended_at:
        raise NotFound
    return found


def _tell_of(
    db: TenantSession,
    happened: str,
    found: CallerFlag | OperatorFlag,
    *,
    by: Person,
    at: datetime,
    why: str,
) -> None:
    """The reason is the town's; across the operator nothing is kept of it."""
    told: dict[str, object] = {"scope": _scope(found), "until": found.expires_at}
    if why and isinstance(found, CallerFlag):
        told["why"] = why
    agent = Actor("agent", by.name)
    proof.record(db, happened, subject=found.id, at=at, actor=agent, **told)


def _role(db: TenantSession, by: Person) -> str:
    return by.roles.get(db.tenant_id, "")


def _scope(found: CallerFlag | OperatorFlag) -> Scope:
    return "town" if isinstance(found, CallerFlag) else "operator"


def _shown(found: CallerFlag | OperatorFlag, by: Person) -> ShownFlag:
    words = (found.reason, found.terms) if isinstance(found, CallerFlag) else ("", "")
    return ShownFlag(
        id=found.id,
        scope=_scope(found),
        kind=found.kind,
        reason=words[0],
        terms=words[1],
        author=found.author,
        set_at=found.set_at,
        expires_at=found.expires_at,
        appeal_by=found.appeal_by,
        is_mine=found.author_id == by.account_id,
    )
