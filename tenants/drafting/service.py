"""Editing a town's rules: into its open draft, or at once where that cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from tenants import files
from tenants.drafting.edits import Assign, Edit, EditedMeanwhile, Put, applied
from tenants.drafting.keeping import (
    begun,
    holds,
    last_change_of,
    open_draft,
    read_draft,
    record,
    refuse_planned,
    written,
)
from tenants.drafting.models import TownDraft
from tenants.drafting.overtaking import take_in
from tenants.drafting.steps import step_of
from tenants.lint import Knowledge
from tenants.models import TownVersion
from tenants.publishing import Published, Signed, publish_change
from tenants.town import NoSuchEntry, Town
from townline.errors import Conflict
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession


class NeedsSecondPerson(Conflict):
    """This town wants a second person to approve its changes: put it into the draft."""


@dataclass(frozen=True, slots=True)
class Editing:
    """The town as it is being edited; ``faults`` are what forbids publishing it.

    ``version`` is the number of the one that holds.
    """

    town: Town
    draft: TownDraft | None
    version: int
    faults: tuple[files.Finding, ...]


def editing(db: TenantSession) -> Editing:
    """The draft's town, or the one that holds where nothing is being changed."""
    holding, draft = holds(db), open_draft(db)
    town, faults = read_draft(holding.body if draft is None else draft.body)
    return Editing(town, draft, holding.number, faults)


def edit(db: TenantSession, change: Edit, *, by: Actor, at: datetime) -> Editing:
    """One change into the open draft, which begins with it if there is none."""
    draft = begun(db, by=by, at=at)
    refuse_planned(db, draft)
    before, _ = read_draft(draft.body)
    try:
        after = applied(before, change)
    except (EditedMeanwhile, NoSuchEntry) as refused:
        raise _with_who(db, draft, change) from refused
    body = written(draft.body, before, after)
    if body != draft.body:
        draft.body = body
        record(db, draft, step_of(change, before), by=by, at=at)
    return editing(db)


def change_now(
    db: TenantSession,
    change: Edit,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    known: Knowledge,
) -> Published:
    """What holds plus this one change becomes the next version, and the draft gets it.

    For what cannot wait: whoever is on call tonight, a vacation, an instruction.
    """
    before = holds(db, lock=True)
    if read_draft(before.body)[0].publishing.second_person:
        raise NeedsSecondPerson
    signed = Signed(by.name, reason, at)
    return _let_hold(db, before, change, signed, by=by, known=known)


def confirm_now(
    db: TenantSession,
    key: str,
    where: str,
    *,
    by: Actor,
    at: datetime,
    known: Knowledge,
) -> Published | None:
    """A destination that answered with its code counts at once, where it holds already.

    It is a fact and no judgement: in a town of second persons whoever read the code
    out is the second one. A destination that is only in the draft waits with it.
    """
    before = holds(db, lock=True)
    contacts = read_draft(before.body)[0].contacts
    contact = next((each for each in contacts if each.key == key), None)
    if contact is None or where not in contact.unverified:
        return None
    waiting = tuple(each for each in contact.unverified if each != where)
    entry = replace(contact, unverified=waiting)
    change = Put(table="contacts", entry=entry, key=key)
    reason = gettext("{name} has confirmed {where} by a code.").format(
        name=contact.name, where=where
    )
    signed = Signed(by.name, reason, at)
    return _let_hold(db, before, change, signed, by=by, known=known)


def _let_hold(
    db: TenantSession,
    before: TownVersion,
    change: Edit,
    signed: Signed,
    *,
    by: Actor,
    known: Knowledge,
) -> Published:
    town, _ = read_draft(before.body)
    body = written(before.body, town, applied(town, change))
    published = publish_change(db.session, body, signed, known=known)
    draft = open_draft(db, lock=True)
    if draft is not None and published.changed:
        take_in(db, draft, by=by, at=signed.at)
    return published


def _with_who(db: TenantSession, draft: TownDraft, change: Edit) -> EditedMeanwhile:
    """Somebody did it in this draft, or in the version that holds by now."""
    what = change.field if isinstance(change, Assign) else change.key
    last = last_change_of(db, draft, change)
    return EditedMeanwhile.by(last.author if last else holds(db).author, what)
