"""The rows of a draft: begun once, changed step by step, brought up to what holds."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import msgspec
from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from tenants import files
from tenants.drafting.edits import Assign, Edit
from tenants.drafting.models import TownDraft, TownDraftChange, TownPlan
from tenants.drafting.steps import Step
from tenants.files.editing import rewritten
from tenants.files.reading import examined, shape_faults
from tenants.models import Tenant, TownVersion
from tenants.queries import NotPublished, latest
from tenants.town import Town
from townline import i18n, proof
from townline.db import new_id
from townline.errors import Conflict, Invalid, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

# What is edited now and what holds, of as many towns as are edited at a time.
READ = 64
DRAFT = "the draft"
# A step of nobody's: what was published meanwhile has come into the draft.
TAKEN_IN = "base"


class DraftPlanned(Conflict):
    """This draft is to be published at a set time; withdraw that to change it."""


class NotInPlace(Invalid):
    """This is written in a way that no page can change; export the rules for it."""


class NoDraft(NotFound):
    """Nothing is being changed: there is no draft any more."""


class DraftChanged(Conflict):
    """The draft has changed since you looked at it; look at it again."""


def holds(db: TenantSession, *, lock: bool = False) -> TownVersion:
    """What was published last; with ``lock``, nobody publishes until we are done."""
    if lock:
        own = select(Tenant.id).where(Tenant.id == db.tenant_id)
        db.session.execute(own.with_for_update())
    version = latest(db)
    if version is None:
        raise NotPublished
    return version


def open_draft(db: TenantSession, *, lock: bool = False) -> TownDraft | None:
    statement = db.rows(TownDraft).where(TownDraft.ended_at.is_(None))
    if lock:
        statement = statement.with_for_update()
        statement = statement.execution_options(populate_existing=True)
    return db.session.scalar(statement)


def text_of(db: TenantSession) -> str:
    """The draft to the letter, or what holds where nothing is being changed."""
    draft = open_draft(db)
    return holds(db).body if draft is None else draft.body


def unpublished(db: TenantSession) -> int:
    """How many changes stand in the open draft."""
    statement = (
        select(func.count())
        .select_from(TownDraftChange)
        .join(
            TownDraft,
            (TownDraft.tenant_id == TownDraftChange.tenant_id)
            & (TownDraft.id == TownDraftChange.draft_id),
        )
        .where(
            TownDraft.tenant_id == db.tenant_id,
            TownDraft.ended_at.is_(None),
            TownDraftChange.undone_at.is_(None),
            TownDraftChange.kind != TAKEN_IN,
        )
    )
    return db.session.scalar(statement) or 0


def begun(db: TenantSession, *, by: Actor, at: datetime) -> TownDraft:
    """The open draft, ours alone until the end; of two that begin it one waits."""
    if (draft := open_draft(db, lock=True)) is not None:
        return draft
    base = holds(db)
    row = insert(TownDraft).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        base_id=base.id,
        body=base.body,
        revision=0,
        begun_at=at,
        begun_by=by.name,
        ended_by="",
    )
    db.session.execute(row.on_conflict_do_nothing())
    draft = open_draft(db, lock=True)
    # Another's draft has ended in this very moment: then ours begins after it.
    return draft or begun(db, by=by, at=at)


def refuse_planned(db: TenantSession, draft: TownDraft) -> None:
    if plan_of(db, draft) is not None:
        raise DraftPlanned


def plan_of(db: TenantSession, draft: TownDraft) -> TownPlan | None:
    """When it is to be published, if that is still ahead."""
    return db.session.scalar(
        db.rows(TownPlan).where(
            TownPlan.draft_id == draft.id,
            TownPlan.done_at.is_(None),
            TownPlan.refused == "",
        )
    )


def refused_plan_of(db: TenantSession, draft: TownDraft) -> TownPlan | None:
    """A plan that could not be kept, until another is made."""
    return db.session.scalar(
        db.rows(TownPlan).where(TownPlan.draft_id == draft.id, TownPlan.refused != "")
    )


def read_draft(body: str) -> tuple[Town, tuple[files.Finding, ...]]:
    """The town of a text, and what is wrong with it in the reader's language."""
    return _read(body, i18n.language())


@lru_cache(maxsize=READ)
def _read(body: str, _language: str) -> tuple[Town, tuple[files.Finding, ...]]:
    return examined(body, source=DRAFT)


def written(body: str, before: Town, after: Town) -> str:
    """The text with the change in it; one that is no town any more is refused."""
    text = rewritten(body, before, after)
    if wrong := shape_faults(text, source=DRAFT):
        raise files.TownFileInvalid(DRAFT, wrong)
    if read_draft(text)[0] != msgspec.convert(msgspec.to_builtins(after), Town):
        raise NotInPlace
    return text


def record(
    db: TenantSession, draft: TownDraft, step: Step, *, by: Actor, at: datetime
) -> None:
    draft.revision += 1
    note(db, draft, step, by=by, at=at)


def note(
    db: TenantSession, draft: TownDraft, step: Step, *, by: Actor, at: datetime
) -> None:
    """Among the draft's changes and in the log."""
    mine = TownDraftChange.draft_id == draft.id
    last = db.session.scalar(
        select(func.max(TownDraftChange.number)).where(
            TownDraftChange.tenant_id == db.tenant_id, mine
        )
    )
    said = msgspec.structs.asdict(step)
    db.add(
        TownDraftChange(
            draft_id=draft.id, number=(last or 0) + 1, at=at, author=by.name, **said
        )
    )
    db.session.flush()
    proof.record(
        db,
        "town.edited",
        subject=db.tenant_id,
        at=at,
        actor=by,
        draft=draft.id,
        what=step.kind,
        field=step.field,
        key=step.key,
    )


def last_change_of(
    db: TenantSession, draft: TownDraft, change: Edit
) -> TownDraftChange | None:
    """Who touched last what this change is about."""
    if isinstance(change, Assign):
        field, key = change.field, ""
    else:
        field, key = change.table, change.key
    named = or_(TownDraftChange.key == key, TownDraftChange.former_key == key)
    return db.session.scalar(
        db.rows(TownDraftChange)
        .where(TownDraftChange.draft_id == draft.id, named)
        .where(TownDraftChange.field == field)
        .order_by(TownDraftChange.number.desc())
        .limit(1)
    )
