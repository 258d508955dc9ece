"""A draft that another version has overtaken: both are kept; clashes are said."""

from __future__ import annotations

from datetime import datetime

from tenants import files
from tenants.drafting.keeping import TAKEN_IN, holds, note, read_draft, written
from tenants.drafting.lines import merged_lines
from tenants.drafting.merging import Clash, merged
from tenants.drafting.models import TownDraft, TownDraftChange
from tenants.drafting.steps import Step
from tenants.models import TownVersion
from tenants.town import Town
from townline.proof import Actor
from townline.tenancy import TenantSession


def take_in(
    db: TenantSession, draft: TownDraft, *, by: Actor, at: datetime
) -> tuple[Clash, ...]:
    """What was published since the draft began comes into it; nothing is lost.

    Where both changed the same, the draft's word stays and the clash is noted.
    """
    base, now = db.get(TownVersion, draft.base_id), holds(db)
    if base.id == now.id:
        return ()
    ours, theirs = read_draft(draft.body)[0], read_draft(now.body)[0]
    town, clashes = merged(read_draft(base.body)[0], ours, theirs)
    draft.body = text_of_both(base.body, draft.body, now.body, town)
    draft.base_id = now.id
    step = Step(
        kind=TAKEN_IN,
        field="",
        key=str(now.number),
        before=base.body if clashes else None,
        after=now.body if clashes else None,
        said="\n".join(clash.path for clash in clashes),
    )
    note(db, draft, step, by=by, at=at)
    return clashes


def unsettled(db: TenantSession, draft: TownDraft) -> TownDraftChange | None:
    """The latest version that was taken in and clashed, if nobody has decided yet."""
    clashed = db.rows(TownDraftChange).where(
        TownDraftChange.draft_id == draft.id,
        TownDraftChange.kind == TAKEN_IN,
        TownDraftChange.said != "",
        TownDraftChange.undone_at.is_(None),
    )
    latest_first = clashed.order_by(TownDraftChange.number.desc())
    return db.session.scalar(latest_first.limit(1))


def text_of_both(base: str, ours: str, theirs: str, town: Town) -> str:
    """A text that reads as ``town`` with the comments of both.

    Lines are merged as the towns were. Where that does not read as the town, ours
    stays as it is written and only what it says is changed.
    """
    lines = merged_lines(base, ours, theirs)
    if lines is not None and reads_as(lines, town):
        return lines
    return written(ours, read_draft(ours)[0], town)


def reads_as(text: str, town: Town) -> bool:
    try:
        return read_draft(text)[0] == town
    except files.TownFileInvalid:
        return False
