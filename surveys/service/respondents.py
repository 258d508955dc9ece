"""Numbers and addresses that were asked, and those that do not want to be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert

from surveys.models import Invitation, Respondent
from townline.db import new_id
from townline.tenancy import TenantSession

ONE_A_DESTINATION = ("tenant_id", "destination")


def take_turn(
    db: TenantSession, destination: str, *, due_at: datetime, asked_after: datetime
) -> bool:
    """Whether it may be asked at ``due_at``; if so, it is now taken for asked.

    One statement, so that of two tickets closing at once only one asks.
    """
    asked = insert(Respondent).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        destination=destination,
        asked_at=due_at,
        refused_at=None,
    )
    long_ago = or_(Respondent.asked_at.is_(None), Respondent.asked_at <= asked_after)
    turn = asked.on_conflict_do_update(
        index_elements=ONE_A_DESTINATION,
        set_={"asked_at": asked.excluded.asked_at},
        where=Respondent.refused_at.is_(None) & long_ago,
    )
    return db.session.scalar(turn.returning(Respondent.id)) is not None


def give_back(db: TenantSession, destination: str, *, due_at: datetime) -> None:
    """They were not asked after all; whoever has taken a turn since keeps it."""
    theirs = update(Respondent).where(
        Respondent.tenant_id == db.tenant_id,
        Respondent.destination == destination,
        Respondent.asked_at == due_at,
    )
    db.session.execute(theirs.values(asked_at=None))


def never_ask_again(db: TenantSession, destination: str, *, at: datetime) -> None:
    """Keep the refusal, and drop what was planned but not yet sent."""
    refused = insert(Respondent).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        destination=destination,
        asked_at=None,
        refused_at=at,
    )
    db.session.execute(
        refused.on_conflict_do_update(
            index_elements=ONE_A_DESTINATION,
            set_={"refused_at": refused.excluded.refused_at},
        )
    )
    db.session.execute(
        delete(Invitation).where(
            Invitation.tenant_id == db.tenant_id,
            Invitation.destination == destination,
            Invitation.sent_at.is_(None),
        )
    )
