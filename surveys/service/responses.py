"""What a resident answers, once; a bad answer asks the desk to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import tickets
from surveys import rules
from surveys.models import Invitation, Response, Solved
from surveys.service import respondents
from surveys.service.invitations import digest
from surveys.service.tasks import ask_for_a_call
from tickets import Reporter
from townline import proof
from townline.db import new_id
from townline.errors import Conflict, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

RESIDENT = Actor("resident", "by survey")


class NoSuchSurvey(NotFound):
    """This link asks nothing any more; it may have been cut short or be too old."""


class AlreadyAnswered(Conflict):
    """You have answered this survey already, and your answer counts."""


@dataclass(frozen=True, slots=True)
class Answers:
    solved: Solved
    score: int
    comment: str = ""


def invitation(
    db: TenantSession, token: str, *, at: datetime, lock: bool = False
) -> Invitation:
    """What a link asks about, as long as it may be answered."""
    statement = db.rows(Invitation).where(Invitation.token_digest == digest(token))
    if lock:
        statement = statement.with_for_update()
    found = db.session.scalar(statement)
    if found is None or found.sent_at is None or rules.expired(found.sent_at, at=at):
        raise NoSuchSurvey
    return found


def answer(
    db: TenantSession, token: str, answers: Answers, *, at: datetime
) -> Response:
    asked = invitation(db, token, at=at, lock=True)
    if asked.answered_at is not None:
        raise AlreadyAnswered
    asked.answered_at = at
    response = db.add(_response(asked, answers, at=at))
    proof.record(
        db,
        "survey.answered",
        subject=asked.ticket_id,
        at=at,
        actor=RESIDENT,
        solved=answers.solved,
        score=answers.score,
    )
    if rules.is_bad(answers.solved, score=answers.score):
        _ask_for_a_call(db, asked, response)
    return response


def refuse(db: TenantSession, token: str, *, at: datetime) -> None:
    """Whoever holds the link does not want to be asked again, about anything."""
    asked = invitation(db, token, at=at)
    respondents.never_ask_again(db, asked.destination, at=at)


def _response(asked: Invitation, answers: Answers, *, at: datetime) -> Response:
    return Response(
        id=new_id(),
        invitation_id=asked.id,
        solved=answers.solved,
        score=answers.score,
        comment=rules.comment(answers.comment),
        at=at,
    )


def _ask_for_a_call(db: TenantSession, asked: Invitation, response: Response) -> None:
    ask_for_a_call(
        db,
        tickets.get(db, asked.ticket_id),
        db.get(Reporter, asked.reporter_id),
        kind="bad_score",
        cause=response.id,
        at=response.at,
    )
