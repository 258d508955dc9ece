"""Who is on a call's line, and what becomes of each: facts, and a line in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from calls.changes import tell
from calls.legs import rules
from calls.legs.errors import CalledAlready
from calls.legs.models import Kind, Leg, Purpose
from calls.legs.rules import Facts
from calls.models import Call
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession

CALLER = "caller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody whom a caller may be put on the line with."""

    kind: Kind
    name: str
    number: str


def ask_agent(db: TenantSession, call: Call, extension: str, *, at: datetime) -> Leg:
    """The place of the agent who has claimed the call, as of the claim's instant."""
    agent = call.claimed_by_name or ""
    target = Target(kind="agent", name=agent, number=extension)
    return _ask(db, call, target, "answer", by=agent, at=at)


def ask(
    db: TenantSession,
    call: Call,
    target: Target,
    purpose: Purpose,
    *,
    by: Actor,
    at: datetime,
) -> Leg:
    """Intent, before anything rings; who is on the line already is not rung again."""
    if any(each.number == target.number for each in on_line(db, call.id)):
        raise CalledAlready
    leg = _ask(db, call, target, purpose, by=by.name, at=at)
    _tell(db, "call.leg_asked", leg, at=at, by=by, purpose=purpose)
    return leg


def of_call(db: TenantSession, call_id: UUID) -> Sequence[Leg]:
    statement = db.rows(Leg).where(Leg.call_id == call_id)
    return db.session.scalars(statement.order_by(Leg.asked_at, Leg.id)).all()


def on_line(db: TenantSession, call_id: UUID) -> Sequence[Leg]:
    """Whoever is asked for, rings or has joined."""
    return [each for each in of_call(db, call_id) if each.left_at is None]


def present(db: TenantSession, call_id: UUID) -> Sequence[Leg]:
    return [each for each in on_line(db, call_id) if each.joined_at]


def agents_leg(db: TenantSession, call_id: UUID) -> Leg | None:
    """The latest agent's, if it is not over."""
    legs = (each for each in on_line(db, call_id) if each.kind == "agent")
    return max(legs, key=lambda each: each.asked_at, default=None)


def who_left_in_order(db: TenantSession, call_id: UUID) -> list[str]:
    """The kinds of those who were on the line; who never said goodbye comes last."""
    were = select(Leg).where(Leg.tenant_id == db.tenant_id, Leg.call_id == call_id)
    joined = were.where(Leg.joined_at.is_not(None))
    order = joined.order_by(Leg.left_at.asc().nulls_last(), Leg.asked_at, Leg.id)
    return [each.kind for each in db.session.scalars(order)]


def rang(db: TenantSession, leg_id: UUID, sid: str) -> Leg:
    leg, _ = _advance(db, leg_id, lambda facts: rules.rang(facts, sid))
    return leg


def joined(db: TenantSession, leg_id: UUID, sid: str, *, at: datetime) -> bool:
    """Whether they may come in; told of it again, nothing more happens."""
    leg, before = _advance(db, leg_id, lambda facts: rules.joined(facts, sid, at=at))
    if leg.joined_at and before.joined_at is None and leg.kind != "agent":
        _tell(db, "call.leg_joined", leg, at=at)
    return rules.may_enter(_facts(leg), sid)


def dismiss(db: TenantSession, leg_id: UUID) -> Leg:
    leg, _ = _advance(db, leg_id, rules.dismissed)
    return leg


def keep(db: TenantSession, leg_id: UUID) -> None:
    _advance(db, leg_id, rules.kept)


def left(
    db: TenantSession, leg_id: UUID, outcome: str, *, at: datetime, by: Actor = ENGINE
) -> Leg:
    leg, before = _advance(db, leg_id, lambda facts: rules.left(facts, outcome, at=at))
    if before.left_at is None and leg.kind != "agent":
        facts = {"outcome": leg.outcome, "stayed": _who_stays(db, leg.call_id)}
        _tell(db, "call.leg_left", leg, at=at, by=by, **facts)
    return leg


def _ask(
    db: TenantSession,
    call: Call,
    target: Target,
    purpose: Purpose,
    *,
    by: str,
    at: datetime,
) -> Leg:
    leg = Leg(
        call_id=call.id,
        kind=target.kind,
        purpose=purpose,
        name=target.name,
        number=target.number,
        asked_at=at,
        asked_by=by,
    )
    db.add(leg)
    db.session.flush()
    return leg


def _advance(
    db: TenantSession, leg_id: UUID, step: Callable[[Facts], Facts]
) -> tuple[Leg, Facts]:
    """Under the call's lock and then its own, as everybody takes them: two reports of
    one leg must not wait for each other. What it was before tells what is new."""
    db.get(Call, db.get(Leg, leg_id).call_id, lock=True)
    leg = db.get(Leg, leg_id, lock=True)
    before = _facts(leg)
    after = step(before)
    leg.sid, leg.joined_at = after.sid, after.joined_at
    leg.left_at, leg.outcome = after.left_at, after.outcome  # type: ignore[assignment]
    db.session.flush()
    return leg, before


def _facts(leg: Leg) -> Facts:
    return Facts(leg.sid, leg.joined_at, leg.left_at, leg.outcome)


def _who_stays(db: TenantSession, call_id: UUID) -> list[str]:
    """By what they are, not by a number: who was with the caller when somebody left."""
    caller = [] if db.get(Call, call_id).ended_at else [CALLER]
    return [*caller, *(each.name for each in present(db, call_id))]


def _tell(
    db: TenantSession,
    happened: str,
    leg: Leg,
    *,
    at: datetime,
    by: Actor = ENGINE,
    **facts: object,
) -> None:
    """With whom, and by which number: the evidence of a hand-over."""
    who: dict[str, object] = {"name": leg.name, "number": leg.number, "kind": leg.kind}
    call = db.get(Call, leg.call_id)
    tell(db, happened, call, at=at, by=by, **(who | facts))
