"""A draft becomes the next version: seen by whom the town wants, now or at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session  # noqa: TID251 - every town's plans at once

from tenants.drafting.consent import ApprovalMissing, approval_of
from tenants.drafting.keeping import (
    DraftChanged,
    DraftPlanned,
    NoDraft,
    holds,
    open_draft,
    plan_of,
    read_draft,
)
from tenants.drafting.models import TownDraft, TownPlan
from tenants.drafting.overtaking import take_in, unsettled
from tenants.drafting.service import NeedsSecondPerson
from tenants.lint import Knowledge
from tenants.models import TownVersion
from tenants.publishing import Published, import_town
from townline import proof
from townline.errors import Conflict, Invalid, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession


class Overtaken(Conflict):
    """Another version was published since this draft began; take it in first."""


class NothingChanged(Invalid):
    """The draft says the same as what holds; there is nothing to publish."""


class ClashUnsettled(Conflict):
    """Two have changed the same, each in their own way; decide between them first."""


class ReasonMissing(Invalid):
    """Say in a few words why; whoever looks back at this version reads it."""


class TooLateToPlan(Invalid):
    """This instant has passed; choose one that is ahead."""


def publish(
    db: TenantSession,
    revision: int,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    known: Knowledge,
) -> Published:
    """The draft as somebody has seen it, at ``revision``, holds from now on."""
    _refuse_unreasoned(reason)
    holding = holds(db, lock=True)
    draft = _ready(db, revision, holding)
    if plan_of(db, draft) is not None:
        raise DraftPlanned
    return _publish(db, draft, reason=reason, by=by, at=at, known=known)


def plan(
    db: TenantSession,
    revision: int,
    *,
    due_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
) -> TownPlan:
    """The draft is to be published then; until that is withdrawn nobody edits it."""
    _refuse_unreasoned(reason)
    if due_at <= at:
        raise TooLateToPlan(field="due")
    draft = _ready(db, revision, holds(db, lock=True))
    _refuse_undecided(db, draft)
    _forget_plan(db, draft)
    planned = db.add(
        TownPlan(
            draft_id=draft.id,
            due_at=due_at,
            reason=reason,
            author=by.name,
            planned_at=at,
        )
    )
    db.session.flush()
    _log(db, "town.planned", by=by, at=at, due=due_at, reason=reason)
    return planned


def withdraw_plan(db: TenantSession, *, by: Actor, at: datetime) -> None:
    draft = open_draft(db, lock=True)
    if draft is None or plan_of(db, draft) is None:
        raise NotFound
    _forget_plan(db, draft)
    _log(db, "town.plan_withdrawn", by=by, at=at)


def towns_due(session: Session, *, at: datetime) -> Sequence[UUID]:
    """Whose drafts are to be published by now."""
    due = select(TownPlan.tenant_id).where(
        TownPlan.due_at <= at, TownPlan.done_at.is_(None), TownPlan.refused == ""
    )
    return session.scalars(due.distinct()).all()


def publish_planned(
    db: TenantSession, *, at: datetime, known: Knowledge
) -> Published | None:
    """What was published in the meantime is taken in, unless both changed the same."""
    holds(db, lock=True)
    draft = open_draft(db, lock=True)
    planned = None if draft is None else plan_of(db, draft)
    if draft is None or planned is None or planned.due_at > at:
        return None
    by = Actor("town", planned.author)
    if take_in(db, draft, by=by, at=at):
        raise Overtaken
    published = _publish(db, draft, reason=planned.reason, by=by, at=at, known=known)
    planned.done_at = at
    return published


def refuse_plan(db: TenantSession, why: str, *, at: datetime) -> None:
    """Why it could not be published then; the draft is open again."""
    draft = open_draft(db, lock=True)
    planned = None if draft is None else plan_of(db, draft)
    if planned is not None:
        planned.refused = why
        by = Actor("town", planned.author)
        _log(db, "town.plan_refused", by=by, at=at, why=why)


def roll_back(
    db: TenantSession,
    number: int,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    known: Knowledge,
) -> Published:
    """An earlier version holds again, as a new one; an open draft goes on from it."""
    _refuse_unreasoned(reason)
    holding = holds(db, lock=True)
    if read_draft(holding.body)[0].publishing.second_person:
        raise NeedsSecondPerson
    published = import_town(
        db.session,
        version_of(db, number).body,
        author=by.name,
        reason=reason,
        at=at,
        known=known,
    )
    draft = open_draft(db, lock=True)
    if draft is not None and published.changed:
        take_in(db, draft, by=by, at=at)
    return published


def version_of(db: TenantSession, number: int) -> TownVersion:
    found = db.session.scalar(db.rows(TownVersion).where(TownVersion.number == number))
    if found is None:
        raise NotFound
    return found


def _ready(db: TenantSession, revision: int, holding: TownVersion) -> TownDraft:
    """Ours alone, as it was looked at, and begun from what holds."""
    draft = open_draft(db, lock=True)
    if draft is None:
        raise NoDraft
    if draft.revision != revision:
        raise DraftChanged
    if draft.base_id != holding.id:
        raise Overtaken
    if draft.body == holding.body:
        raise NothingChanged
    return draft


def _publish(
    db: TenantSession,
    draft: TownDraft,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    known: Knowledge,
) -> Published:
    _refuse_undecided(db, draft)
    published = import_town(
        db.session,
        draft.body,
        author=by.name,
        reason=reason,
        at=at,
        known=known,
    )
    draft.ended_at, draft.ended_by = at, by.name
    draft.version_id = published.version_id
    return published


def _refuse_undecided(db: TenantSession, draft: TownDraft) -> None:
    """What holds says whether a second person has to decide too."""
    if unsettled(db, draft) is not None:
        raise ClashUnsettled
    needed = read_draft(holds(db).body)[0].publishing.second_person
    if needed and approval_of(db, draft) is None:
        raise ApprovalMissing


def _refuse_unreasoned(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")


def _forget_plan(db: TenantSession, draft: TownDraft) -> None:
    for each in db.session.scalars(
        db.rows(TownPlan).where(TownPlan.draft_id == draft.id)
    ):
        db.session.delete(each)
    db.session.flush()


def _log(
    db: TenantSession, happened: str, *, by: Actor, at: datetime, **facts: object
) -> None:
    proof.record(db, happened, subject=db.tenant_id, at=at, actor=by, **facts)
