"""What is done to a draft as a whole: one change undone, a file taken over, the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tenants import files
from tenants.drafting.edits import EditedMeanwhile, applied
from tenants.drafting.keeping import (
    TAKEN_IN,
    DraftChanged,
    NoDraft,
    begun,
    holds,
    open_draft,
    plan_of,
    read_draft,
    record,
    refuse_planned,
    written,
)
from tenants.drafting.merging import Clash, merged
from tenants.drafting.models import TownDraft, TownDraftChange
from tenants.drafting.overtaking import take_in, unsettled
from tenants.drafting.steps import Step, backwards
from tenants.files.editing import rewritten
from tenants.files.reading import shape_faults
from tenants.models import TownVersion
from tenants.town import NoSuchEntry, Town
from townline import proof
from townline.errors import Conflict, Invalid
from townline.proof import Actor
from townline.tenancy import TenantSession

FILE = "file"


class ChangedSince(Conflict):
    """This was changed again later; undo the later change first."""


class AnotherTown(Invalid):
    """This file is another town's: its short name or its letters are not yours."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it would come into the draft, together with what others changed."""

    town: Town
    body: str
    clashes: tuple[Clash, ...]


def changes_of(db: TenantSession, draft: TownDraft) -> Sequence[TownDraftChange]:
    """Everything done to a draft, the latest first."""
    mine = db.rows(TownDraftChange).where(TownDraftChange.draft_id == draft.id)
    return db.session.scalars(mine.order_by(TownDraftChange.number.desc())).all()


def undo(db: TenantSession, change_id: UUID, *, by: Actor, at: datetime) -> None:
    """One change, as if it had not been made; a later one to the same is in its way."""
    draft = _open(db)
    refuse_planned(db, draft)
    change = db.get(TownDraftChange, change_id)
    if change.draft_id != draft.id or change.undone_at or change.kind == TAKEN_IN:
        raise ChangedSince
    if change.kind == FILE:
        draft.body = _before_the_file(db, draft, change)
    else:
        draft.body = _without(draft.body, change)
    change.undone_at, change.undone_by = at, by.name
    draft.revision += 1
    _log(db, "town.edit_undone", by=by, at=at, field=change.field, key=change.key)


def discard(db: TenantSession, revision: int, *, by: Actor, at: datetime) -> None:
    """Nothing of it will hold; what was done to it is still kept."""
    draft = _open(db)
    if draft.revision != revision:
        raise DraftChanged
    if plan_of(db, draft) is not None:
        refuse_planned(db, draft)
    draft.ended_at, draft.ended_by = at, by.name
    _log(db, "town.draft_discarded", by=by, at=at)


def take_in_what_holds(db: TenantSession, *, by: Actor, at: datetime) -> None:
    """A draft that another version has overtaken goes on from that one."""
    holds(db, lock=True)
    take_in(db, _open(db), by=by, at=at)


def settle(
    db: TenantSession, paths: Collection[str], *, by: Actor, at: datetime
) -> None:
    """Of what both had changed, these are as the version has them; the rest stays."""
    draft = _open(db)
    refuse_planned(db, draft)
    noted = unsettled(db, draft)
    if noted is None:
        raise NoDraft
    before = read_draft(noted.before or "")[0]
    ours = read_draft(draft.body)[0]
    theirs = read_draft(noted.after or "")[0]
    town, _ = merged(before, ours, theirs, giving_way=paths)
    draft.body = written(draft.body, ours, town)
    draft.revision += 1
    noted.undone_at, noted.undone_by = at, by.name
    _log(db, "town.clashes_settled", by=by, at=at, paths=sorted(paths))


def incoming(db: TenantSession, text: str, *, since: int | None) -> Incoming:
    """What taking a file over would make of the draft.

    ``since`` is the version it was exported from; without it, the draft was. What
    others have changed since then is kept.
    """
    town = _read_file(db, text)
    draft, holding = open_draft(db), holds(db)
    now = holding.body if draft is None else draft.body
    theirs = read_draft(now)[0]
    if since is None:
        return Incoming(town, text, ())
    base = db.session.scalars(
        db.rows(TownVersion).where(TownVersion.number == since)
    ).one_or_none()
    before = theirs if base is None else read_draft(base.body)[0]
    both, clashes = merged(before, town, theirs)
    return Incoming(both, rewritten(text, town, both), clashes)


def take_over(
    db: TenantSession,
    body: str,
    *,
    instead_of: str,
    by: Actor,
    at: datetime,
) -> None:
    """A file as it was shown becomes the draft, if that is still what it was then."""
    _read_file(db, body)
    draft = begun(db, by=by, at=at)
    refuse_planned(db, draft)
    if draft.body != instead_of:
        raise DraftChanged
    draft.body = body
    step = Step(kind=FILE, field="", before=instead_of)
    record(db, draft, step, by=by, at=at)


def _read_file(db: TenantSession, text: str) -> Town:
    if wrong := shape_faults(text, source="the file"):
        raise files.TownFileInvalid("the file", wrong)
    town, own = read_draft(text)[0], read_draft(holds(db).body)[0]
    if (town.slug, town.prefix) != (own.slug, own.prefix):
        raise AnotherTown
    return town


def _before_the_file(
    db: TenantSession, draft: TownDraft, change: TownDraftChange
) -> str:
    later = (e for e in changes_of(db, draft) if e.number > change.number)
    if any(not each.undone_at for each in later):
        raise ChangedSince
    return change.before or ""


def _without(body: str, change: TownDraftChange) -> str:
    before = read_draft(body)[0]
    after = before
    try:
        for edit in backwards(before, change):
            after = applied(after, edit)
    except (EditedMeanwhile, NoSuchEntry) as refused:
        raise ChangedSince from refused
    return written(body, before, after)


def _open(db: TenantSession) -> TownDraft:
    draft = open_draft(db, lock=True)
    if draft is None:
        raise NoDraft
    return draft


def _log(
    db: TenantSession, happened: str, *, by: Actor, at: datetime, **facts: object
) -> None:
    proof.record(db, happened, subject=db.tenant_id, at=at, actor=by, **facts)
