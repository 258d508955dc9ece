"""A supervisor scores a call; its agent reads the sheet and may answer once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from calls.models import Call
from calls.reviews.errors import (
    AlreadyReviewed,
    EmptyAnswer,
    NotDrawn,
    NotYourReview,
    OwnCall,
)
from calls.reviews.models import Review
from calls.reviews.rules import is_drawn
from townline import proof
from townline.auth import Person
from townline.db import new_id
from townline.errors import Forbidden, NotFound
from townline.localtime import wall
from townline.proof import Actor
from townline.tenancy import TenantSession

LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Each from 0 to 4."""

    greeting: int
    script: int
    read_back: int
    tone: int
    accuracy: int
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """How a town's calls are drawn: so many of a hundred, by its own months."""

    key: str
    percent: int
    zone: str

    def has(self, call: Call) -> bool:
        month = f"{wall(call.arrived_at, self.zone):%Y-%m}"
        return is_drawn(call.id, month=month, key=self.key, percent=self.percent)


def score(
    db: TenantSession,
    call_id: UUID,
    scores: Scores,
    *,
    draw: Draw,
    by: Person,
    at: datetime,
) -> None:
    """Until the agent has answered, the same supervisor may correct the sheet."""
    call = db.get(Call, call_id)
    _check(call, draw, by)
    filled = {**asdict(scores), "remarks": scores.remarks.strip()[:LONGEST]}
    filled |= {"reviewed_at": at}
    statement = insert(Review).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        call_id=call.id,
        agent_id=call.claimed_by,
        agent=call.claimed_by_name,
        reviewer_id=by.account_id,
        reviewer=by.name,
        answer="",
        **filled,
    )
    kept = db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "call_id"],
            set_=filled,
            where=(Review.reviewer_id == by.account_id) & Review.answered_at.is_(None),
        ).returning(Review.id)
    )
    if kept is None:
        raise AlreadyReviewed
    _tell(db, "call.reviewed", call_id, by=by, at=at)


def answer(
    db: TenantSession, call_id: UUID, words: str, *, by: Person, at: datetime
) -> None:
    words = words.strip()[:LONGEST]
    if not words:
        raise EmptyAnswer
    review = of_call(db, call_id)
    if review is None:
        raise NotFound
    if review.agent_id != by.account_id:
        raise NotYourReview
    unanswered = update(Review).where(
        Review.tenant_id == db.tenant_id,
        Review.call_id == call_id,
        Review.answered_at.is_(None),
    )
    said = unanswered.values(answer=words, answered_at=at).returning(Review.id)
    if db.session.scalar(said):
        _tell(db, "call.review_answered", call_id, by=by, at=at)


def of_call(db: TenantSession, call_id: UUID) -> Review | None:
    return db.session.scalar(db.rows(Review).where(Review.call_id == call_id))


def _check(call: Call, draw: Draw, by: Person) -> None:
    if by.roles.get(call.tenant_id) != "supervisor":
        raise Forbidden
    if call.claimed_by == by.account_id:
        raise OwnCall
    if call.claimed_by is None or call.connected_at is None or not draw.has(call):
        raise NotDrawn


def _tell(
    db: TenantSession, happened: str, call_id: UUID, *, by: Person, at: datetime
) -> None:
    """That it happened; the scores are between the two of them."""
    actor = Actor("agent", by.name)
    proof.record(db, happened, subject=call_id, at=at, actor=actor)
