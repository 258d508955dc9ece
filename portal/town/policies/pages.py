"""What the pages of the ladders show: all of them, or one with a night to try it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import tenants
from portal.town.checkup import weaknesses
from portal.town.policies.showing import PolicyShown, find, likely, shown
from portal.town.policies.typed import Typed
from portal.town.rehearsal import Asked, Rehearsed, rehearsed
from tenants import Weakness, drafting
from tenants.drafting import Editing, mark
from tenants.town import Policy, Town
from townline.tenancy import TenantSession

Found = tuple[Weakness, ...]
# While one of these is at fault, nobody can say whom a ladder means.
DEPENDED_ON = (
    *("policies", "categories", "departments", "contacts", "rosters", "crews"),
    *("duty_desk", "hours", "closures", "holidays", "time_zone", "languages"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """``remedies`` are of no single ladder; ``trial`` is None while a fault forbids."""

    all: tuple[PolicyShown, ...]
    remedies: tuple[str, ...]
    errors: int
    warnings: int
    trial: Rehearsed | None

    @property
    def is_checked(self) -> bool:
        return self.trial is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form that could not be kept, as it was sent, and what it lacks."""

    typed: Typed
    faults: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A town on the table: what is edited, and what holds."""

    editing: Editing
    held: Town

    @classmethod
    def of(cls, db: TenantSession) -> Desk:
        return cls(drafting.editing(db), tenants.current(db).town)

    @property
    def town(self) -> Town:
        return self.editing.town

    @property
    def is_draft(self) -> bool:
        return self.editing.draft is not None

    @property
    def is_sound(self) -> bool:
        """Whether it can be said whom a ladder means, and when it holds."""
        return not any(e.path.startswith(DEPENDED_ON) for e in self.editing.faults)

    def trial(self, asked: Asked) -> Rehearsed | None:
        if not self.is_sound:
            return None
        draft = self.town if self.is_draft else None
        return rehearsed(asked, held=self.held, draft=draft)

    def trial_of_what_holds(self, asked: Asked) -> Rehearsed:
        return rehearsed(asked, held=self.held)


def found_in(db: TenantSession, desk: Desk, *, at: datetime) -> Found:
    """By the linter, which asks nothing of rules that are not sound."""
    return weaknesses(db, desk.town, at=at) if desk.is_sound else ()


def ladders(
    desk: Desk, found: Found, form: Mapping[str, str], *, at: datetime
) -> Ladders:
    errors = [each for each in found if each.severity == "error"]
    return Ladders(
        all=tuple(_shown(desk, found, policy) for policy in desk.town.policies),
        remedies=tuple(e.remedy for e in desk.editing.faults if e.path == "policies"),
        errors=len(errors),
        warnings=len(found) - len(errors),
        trial=desk.trial(Asked.of(desk.town, form, at=at)),
    )


def one(
    desk: Desk, found: Found, key: str, filled: Filled | None = None
) -> PolicyShown:
    """Raise NotFound for a ladder that is not there."""
    policy = find(desk.town, key)
    if filled is None:
        return _shown(desk, found, policy)
    ladder = _shown(desk, found, policy, filled.typed)
    return replace(ladder, faults=filled.faults, notice=filled.notice)


def trial_of(
    desk: Desk, key: str, form: Mapping[str, str], *, at: datetime
) -> Rehearsed | None:
    """As asked; unasked, on a night on which the ladder would be used."""
    if not desk.is_sound:
        return None
    if form.get("category"):
        return desk.trial(Asked.of(desk.town, form, at=at))
    return desk.trial(likely(desk.town, find(desk.town, key), at=at))


def _shown(
    desk: Desk, found: Found, policy: Policy, typed: Typed | None = None
) -> PolicyShown:
    ladder = shown(
        desk.town,
        policy,
        was=mark(policy),
        found=found,
        remarks=desk.editing.faults,
        typed=typed,
    )
    return replace(ladder, is_checked=desk.is_sound)
