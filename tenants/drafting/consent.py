"""Where a town wants it, one person asks and another approves what has changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from tenants.drafting.keeping import DraftChanged, NoDraft, open_draft
from tenants.drafting.models import TownApproval, TownAsking, TownDraft
from townline import proof
from townline.db import new_id
from townline.errors import Conflict
from townline.proof import Actor
from townline.tenancy import TenantSession


class ApprovalMissing(Conflict):
    """A second person has to approve these changes before they are published."""


class OwnApproval(Conflict):
    """You asked for this approval yourself; another manager has to give it."""


class NobodyAsked(Conflict):
    """Nobody has asked for an approval of the draft as it is now."""


def ask(
    db: TenantSession,
    revision: int,
    *,
    reason: str,
    account_id: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """Once for each state of the draft; who asks first is who may not approve."""
    draft = _as_seen(db, revision)
    asking = insert(TownAsking).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        draft_id=draft.id,
        revision=revision,
        account_id=account_id,
        name=by.name,
        reason=reason,
        at=at,
    )
    db.session.execute(asking.on_conflict_do_nothing())
    proof.record(
        db, "town.approval_asked", subject=db.tenant_id, at=at, actor=by, reason=reason
    )


def approve(
    db: TenantSession, revision: int, *, account_id: UUID, by: Actor, at: datetime
) -> None:
    draft = _as_seen(db, revision)
    asked = asking_of(db, draft)
    if asked is None:
        raise NobodyAsked
    if asked.account_id == account_id:
        raise OwnApproval
    approval = insert(TownApproval).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        draft_id=draft.id,
        revision=revision,
        account_id=account_id,
        name=by.name,
        at=at,
    )
    db.session.execute(approval.on_conflict_do_nothing())
    proof.record(db, "town.approved", subject=db.tenant_id, at=at, actor=by)


def asking_of(db: TenantSession, draft: TownDraft) -> TownAsking | None:
    return db.session.scalar(
        db.rows(TownAsking).where(
            TownAsking.draft_id == draft.id, TownAsking.revision == draft.revision
        )
    )


def approval_of(db: TenantSession, draft: TownDraft) -> TownApproval | None:
    """Of the draft as it is: whoever changes it since has it approved anew."""
    return db.session.scalar(
        db.rows(TownApproval).where(
            TownApproval.draft_id == draft.id, TownApproval.revision == draft.revision
        )
    )


def _as_seen(db: TenantSession, revision: int) -> TownDraft:
    draft = open_draft(db, lock=True)
    if draft is None:
        raise NoDraft
    if draft.revision != revision:
        raise DraftChanged
    return draft
