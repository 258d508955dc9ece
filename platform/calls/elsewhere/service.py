"""Calls that another telephone system carries, as facts on the same desk.

Events come twice and in any order: each says one thing that is true from then on, and
an end is never undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - looks over every town

import tenants
from calls.answering import Arrival, claim, connected, end, queue, release, ring
from calls.changes import change, tell
from calls.elsewhere.models import Told
from calls.elsewhere.signing import WINDOW
from calls.models import Call
from townline.auth import Person
from townline.auth.models import Account, TownAccess
from townline.db import new_id
from townline.errors import Invalid, NotFound
from townline.tenancy import TenantSession

Kind = Literal[
    "ringing", "answered", "claimed_elsewhere", "released", "ended", "abandoned"
]
Name = Annotated[str, Meta(min_length=1, max_length=40)]


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """``call`` is the system's own name for it; ``agent`` the extension that lifted."""

    event_id: Annotated[str, Meta(min_length=1, max_length=80)]
    event: Kind
    call: Name
    line: str
    caller: str = ""
    language: Literal["en", "fr", ""] = ""
    agent: str = ""


class Carried(Struct, frozen=True, kw_only=True):
    """A call as the system sees it when it asks: who has claimed it at the desk."""

    call: str
    line: str
    caller: str | None
    claimed_by: str | None
    claimed_at: datetime | None
    answered: bool


class NotTheTownsLine(Invalid):
    """This number is not a line of the town that was named."""


def hear(db: TenantSession, system: str, event: Event, *, at: datetime) -> bool:
    """Whether it is news; told again under the same name it changes nothing."""
    statement = insert(Told).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        system=system,
        event_id=event.event_id,
        told_at=at,
    )
    new = db.session.scalar(statement.on_conflict_do_nothing().returning(Told.id))
    if new is None:
        return False
    call = _known(db, system, event, at=at)
    match event.event:
        case "ringing":
            queue(db, call, at=at)
        case "answered":
            _answered(db, call, event.agent, at=at)
        case "claimed_elsewhere":
            _taken_elsewhere(db, call, event.agent or system, at=at)
        case "released":
            release(db, call.id, at=at)
        case "ended" | "abandoned":
            end(db, call.sid, at=at)
    return True


def carried(db: TenantSession, system: str) -> Sequence[Carried]:
    """What goes on now; the system asks again and again, and rings whoever claimed."""
    live = db.rows(Call).where(Call.provider == system, Call.ended_at.is_(None))
    found = db.session.scalars(live.order_by(Call.arrived_at)).all()
    return [
        Carried(
            call=each.sid.partition(":")[2],
            line=each.line,
            caller=each.caller,
            claimed_by=_extension_of(db, each.claimed_by),
            claimed_at=each.claimed_at,
            answered=each.connected_at is not None,
        )
        for each in found
    ]


def claim_for(
    db: TenantSession, system: str, name: str, *, extension: str, at: datetime
) -> Call:
    """An agent has asked for it on their own telephone; 409 if somebody else has."""
    return claim(db, _call(db, system, name).id, by=_agent(db, extension), at=at)


def take_for(
    db: TenantSession, system: str, name: str, *, extension: str, at: datetime
) -> Call:
    """Claimed and on the line at once."""
    claimed = claim_for(db, system, name, extension=extension, at=at)
    return connected(db, claimed.id, at=at)


def release_for(db: TenantSession, system: str, name: str, *, at: datetime) -> None:
    """Reclaimed: nobody lifted, and the caller waits again."""
    release(db, _call(db, system, name).id, at=at)


def told_long_ago(session: Session, *, at: datetime) -> Sequence[UUID]:
    """The towns of which something is known that could not be repeated any more."""
    old = select(Told.tenant_id).where(Told.told_at < at - 2 * WINDOW)
    return session.scalars(old.distinct()).all()


def forget_told(db: TenantSession, *, at: datetime) -> None:
    mine = Told.tenant_id == db.tenant_id
    db.session.execute(delete(Told).where(mine, Told.told_at < at - 2 * WINDOW))


def _known(db: TenantSession, system: str, event: Event, *, at: datetime) -> Call:
    """The call, whichever event of it came first."""
    town = tenants.current(db).town
    lines = {line.number: line.language for line in town.lines}
    if event.line not in lines:
        raise NotTheTownsLine
    arrival = Arrival(
        sid=f"{system}:{event.call}",
        line=event.line,
        caller=event.caller,
        language=event.language or lines[event.line],
    )
    call = ring(db, arrival, at=at)
    change(db, call.id, Call.provider != system, provider=system)
    return call


def _answered(db: TenantSession, call: Call, extension: str, *, at: datetime) -> None:
    agent = _find_agent(db, extension)
    if agent is None:
        _taken_elsewhere(db, call, extension, at=at)
        return
    free = (Call.claimed_by.is_(None), Call.ended_at.is_(None))
    change(
        db,
        call.id,
        *free,
        claimed_by=agent.account_id,
        claimed_by_name=agent.name,
        claimed_at=at,
    )
    if db.get(Call, call.id, lock=True).ended_at is None:
        connected(db, call.id, at=at)


def _taken_elsewhere(db: TenantSession, call: Call, who: str, *, at: datetime) -> None:
    """Somebody has it who does not sit at this desk; it waits here no more."""
    taken = change(
        db,
        call.id,
        Call.connected_at.is_(None),
        Call.ended_at.is_(None),
        connected_at=at,
        claimed_by=None,
        claimed_by_name=who,
    )
    if taken:
        tell(db, "call.taken_elsewhere", taken, at=at, system=taken.provider)


def _call(db: TenantSession, system: str, name: str) -> Call:
    found = db.session.scalar(db.rows(Call).where(Call.sid == f"{system}:{name}"))
    if found is None:
        raise NotFound
    return found


def _agent(db: TenantSession, extension: str) -> Person:
    found = _find_agent(db, extension)
    if found is None:
        raise NotFound
    return found


def _find_agent(db: TenantSession, extension: str) -> Person | None:
    """Whoever answers at this extension and serves this town."""
    known = (
        select(Account, TownAccess.role)
        .join(TownAccess, TownAccess.account_id == Account.id)
        .where(TownAccess.tenant_id == db.tenant_id, Account.extension == extension)
        .order_by(TownAccess.granted_at)
    )
    found = db.session.execute(known).first() if extension else None
    if found is None:
        return None
    account, role = found
    return Person(
        account_id=account.id,
        name=account.name,
        email=account.email,
        language=account.language,
        extension=account.extension,
        roles={db.tenant_id: role},
    )


def _extension_of(db: TenantSession, account_id: UUID | None) -> str | None:
    if account_id is None:
        return None
    return db.session.scalar(select(Account.extension).where(Account.id == account_id))
