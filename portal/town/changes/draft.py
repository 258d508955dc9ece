"""What is not published yet: what it changes, what stands in its way, who did it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import escalation
import tenants
from portal.town.changes.comparing import Changed, compared
from portal.town.changes.showing import Shower
from portal.town.changes.vocabulary import clash_name, edited_at, noun
from tenants import Knowledge, Weakness, drafting
from tenants.drafting import TAKEN_IN, TownDraft, TownDraftChange
from tenants.files import Finding, name_of
from tenants.town import Town
from townline.i18n import gettext, language
from townline.tenancy import TenantSession

# A field or table of the town, and the entry of it, if it has entries.
Spot = tuple[str, str]
# As many towns as are edited at a time by one process's people.
LINTED = 32
_ENTRY = re.compile(r'(\w+)(?: "([^"]*)")?')


@dataclass(frozen=True, slots=True)
class Beside:
    """What was found: ``is_bad`` forbids publishing."""

    words: str
    is_bad: bool
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """One step of the draft, as it is listed to be undone."""

    id: UUID
    at: datetime
    author: str
    words: str
    is_undone: bool
    can_be_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Where a second person is wanted: who asked, and who has approved."""

    is_needed: bool
    asked_by: str = ""
    asked_for: str = ""
    is_mine: bool = False
    approved_by: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.approved_by) or not self.is_needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What the template calls ``it``."""

    draft: TownDraft
    version: int
    changes: tuple[tuple[Changed, tuple[Beside, ...]], ...]
    elsewhere: tuple[Beside, ...]
    history: tuple[Done, ...]
    clashes: tuple[tuple[str, str], ...]
    consent: Consent
    plan: drafting.TownPlan | None
    refused_plan: drafting.TownPlan | None
    overtaken: bool

    @property
    def is_sound(self) -> bool:
        found = [*self.elsewhere, *(each for _, some in self.changes for each in some)]
        return not any(each.is_bad for each in found)


def drafted(
    db: TenantSession, *, account_id: UUID, at: datetime
) -> tuple[Town, Drafted | None]:
    """The town as it is being edited, and the draft if there is one."""
    it = drafting.editing(db)
    if it.draft is None:
        return it.town, None
    holding = tenants.current(db)
    found = _found(db, it, at=at)
    changes = compared(holding.town, it.town)
    spots = {(each.field, each.key) for each in changes}
    noted = drafting.unsettled(db, it.draft)
    return it.town, Drafted(
        draft=it.draft,
        version=holding.number,
        changes=tuple((e, tuple(found.get((e.field, e.key), ()))) for e in changes),
        elsewhere=tuple(_others(found, spots)),
        history=tuple(
            _done(it.town, each) for each in drafting.changes_of(db, it.draft)
        ),
        clashes=tuple(
            (path, clash_name(path))
            for path in (noted.said.split("\n") if noted else ())
        ),
        consent=_consent(db, holding.town, it.draft, account_id),
        plan=drafting.plan_of(db, it.draft),
        refused_plan=drafting.refused_plan_of(db, it.draft),
        overtaken=it.draft.base_id != holding.version_id,
    )


def _found(
    db: TenantSession, it: drafting.Editing, *, at: datetime
) -> Mapping[Spot, list[Beside]]:
    """Of the file and of the linter, by the entry it concerns."""
    found: dict[Spot, list[Beside]] = {}
    for fault in it.faults:
        spot = _spot_of(it.town, fault)
        found.setdefault(spot, []).append(_beside(it.town, spot, fault.remedy))
    if not it.faults:
        for weakness in _weaknesses(db, it, at=at):
            spot = _spot_at(weakness)
            words, is_bad = weakness.says.in_(language()), weakness.severity == "error"
            beside = _beside(it.town, spot, words, is_bad=is_bad)
            found.setdefault(spot, []).append(beside)
    return found


def _weaknesses(
    db: TenantSession, it: drafting.Editing, *, at: datetime
) -> tuple[Weakness, ...]:
    """Ninety days are a second's work: asked again within the hour it is known."""
    known = escalation.knowledge(db, at=at)
    heard = None if known.heard is None else tuple(sorted(known.heard.items()))
    hour = at.replace(minute=0, second=0, microsecond=0)
    return _linted(it.town, hour, known.opted_out, heard)


@lru_cache(maxsize=LINTED)
def _linted(
    town: Town,
    at: datetime,
    opted_out: frozenset[str],
    heard: tuple[tuple[str, datetime], ...] | None,
) -> tuple[Weakness, ...]:
    known = Knowledge(opted_out=opted_out, heard=None if heard is None else dict(heard))
    return tuple(tenants.lint(town, at=at, known=known))


def _others(
    found: Mapping[Spot, Sequence[Beside]], spots: Iterable[Spot]
) -> Iterator[Beside]:
    """What concerns no entry that has changed; what forbids publishing first."""
    others = (e for spot, some in found.items() if spot not in spots for e in some)
    return iter(sorted(others, key=lambda each: not each.is_bad))


def _spot_of(town: Town, fault: Finding) -> Spot:
    if not fault.place:
        return ("", "")
    field, *below = fault.place
    entries = getattr(town, str(field), None)
    if below and isinstance(entries, tuple) and isinstance(below[0], int):
        return (str(field), name_of(entries[below[0]]))
    return (str(field), "")


def _spot_at(weakness: Weakness) -> Spot:
    match = _ENTRY.match(weakness.path)
    return (match[1], match[2] or "") if match else ("", "")


def _beside(town: Town, spot: Spot, words: str, *, is_bad: bool = True) -> Beside:
    field, key = spot
    title = ", ".join(filter(None, (gettext(noun(field)), _title(town, field, key))))
    return Beside(words, is_bad, edited_at(field, key), title)


def _done(town: Town, change: TownDraftChange) -> Done:
    taken_in = change.kind == TAKEN_IN
    return Done(
        id=change.id,
        at=change.at,
        author=change.author,
        words=_told(town, change),
        is_undone=change.undone_at is not None and not taken_in,
        can_be_undone=change.undone_at is None and not taken_in,
    )


def _told(town: Town, change: TownDraftChange) -> str:
    what = gettext(noun(change.field)) if change.field else ""
    title = _title(town, change.field, change.key) or change.key
    sentences = {
        "assign": gettext("{what} changed"),
        "add": gettext("{what} “{title}” added"),
        "change": gettext("{what} “{title}” changed"),
        "drop": gettext("{what} “{title}” removed"),
        "move": gettext("{what} “{title}” moved"),
        drafting.FILE: gettext("a file taken over"),
        TAKEN_IN: gettext("version {title} taken in, which was published meanwhile"),
    }
    return sentences[change.kind].format(what=what, title=title)


def _title(town: Town, field: str, key: str) -> str:
    entries = getattr(town, field, ()) if key else ()
    found = (Shower.title(each) for each in entries if name_of(each) == key)
    return next(found, key)


def _consent(
    db: TenantSession, holding: Town, draft: TownDraft, account_id: UUID
) -> Consent:
    asked = drafting.asking_of(db, draft)
    approval = drafting.approval_of(db, draft)
    return Consent(
        is_needed=holding.publishing.second_person,
        asked_by=asked.name if asked else "",
        asked_for=asked.reason if asked else "",
        is_mine=asked is not None and asked.account_id == account_id,
        approved_by=approval.name if approval else "",
    )
