"""Somebody is asked to take a shift; the first answer counts, and only in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import update

from tenants.duty.models import RosterSwap
from tenants.town import Key, Override
from townline import proof
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

Answer = Literal["accepted", "declined", "withdrawn"]
# Bytes of a link's secret: nobody guesses one in 2^72, and a text has room for it.
SECRET = 9


class SwapOver(NotFound):
    """This question was answered, taken back, or its shift has begun already."""


class Request(Struct, frozen=True, kw_only=True):
    """``given`` is what the taker would do, ``returned`` what the giver would."""

    roster: Key
    giver: Key
    given: Override
    returned: Override | None = None
    words: str = ""


class Asked(Struct, frozen=True):
    """The question, and the secret of the link to answer it, which is kept nowhere."""

    swap: RosterSwap
    token: str


def ask(
    db: TenantSession,
    request: Request,
    *,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> Asked:
    """Nobody can answer any more once the shift has begun: ``expires_at``."""
    token = token_urlsafe(SECRET)
    given, returned = request.given, request.returned
    swap = db.add(
        RosterSwap(
            roster=request.roster,
            giver=request.giver,
            taker=given.contact,
            starts=_wall(given.starts),
            ends=_wall(given.ends),
            back_starts=_wall(returned.starts) if returned else None,
            back_ends=_wall(returned.ends) if returned else None,
            words=request.words.strip(),
            digest=_digest(token),
            asked_by=by.name,
            asked_at=at,
            expires_at=expires_at,
        )
    )
    db.session.flush()
    _log(db, "swap.asked", swap, by=by, at=at)
    return Asked(swap, token)


def waiting(db: TenantSession, *, at: datetime) -> Sequence[RosterSwap]:
    """Those that nobody has answered yet, the most urgent first."""
    open_ones = db.rows(RosterSwap).where(
        RosterSwap.answer.is_(None), RosterSwap.expires_at > at
    )
    return db.session.scalars(open_ones.order_by(RosterSwap.expires_at)).all()


def swap_of(db: TenantSession, token: str) -> RosterSwap:
    """The question behind a link, answered or not; SwapOver for any other link."""
    mine = db.rows(RosterSwap).where(RosterSwap.digest == _digest(token))
    found = db.session.scalar(mine)
    if found is None:
        raise SwapOver
    return found


def settle(
    db: TenantSession, swap: RosterSwap, answer: Answer, *, by: Actor, at: datetime
) -> RosterSwap:
    """Once, and before the shift begins; of two answers the second is too late."""
    unanswered = update(RosterSwap).where(
        RosterSwap.tenant_id == db.tenant_id,
        RosterSwap.id == swap.id,
        RosterSwap.answer.is_(None),
        RosterSwap.expires_at > at,
    )
    values = {"answer": answer, "answered_by": by.name, "answered_at": at}
    settled: RosterSwap | None = db.session.scalar(
        unanswered.values(values).returning(RosterSwap)
    )
    if settled is None:
        raise SwapOver
    _log(db, f"swap.{answer}", settled, by=by, at=at)
    return settled


def withdraw(db: TenantSession, swap_id: UUID, *, by: Actor, at: datetime) -> None:
    settle(db, db.get(RosterSwap, swap_id), "withdrawn", by=by, at=at)


def _log(
    db: TenantSession, event: str, swap: RosterSwap, *, by: Actor, at: datetime
) -> None:
    proof.record(
        db,
        event,
        subject=swap.id,
        at=at,
        actor=by,
        roster=swap.roster,
        giver=swap.giver,
        taker=swap.taker,
        starts=swap.starts,
        ends=swap.ends,
    )


def _wall(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
