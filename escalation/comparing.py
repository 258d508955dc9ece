"""What other rules would have done with the town's own tickets of the last 90 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import tickets
from escalation.rules import Directory, Run, Started, Tell
from escalation.rules.forecast import UNBORN, Rehearsal
from tenants.rules import choose_policy
from tenants.town import NoSuchEntry, Town
from tickets import Opened
from townline.tenancy import TenantSession

BACK = timedelta(days=90)
# A few seconds of work; what is left out is older, and is said to be left out.
MOST = 500
EXAMPLES = 5
ALOUD = frozenset({"voice", "agent"})


@dataclass(frozen=True, slots=True)
class Told:
    """Who would be told first, and how long until then and until the first call."""

    policy: str
    names: tuple[str, ...]
    first_told: timedelta
    first_call: timedelta | None


@dataclass(frozen=True, slots=True)
class Change:
    """One real ticket; ``after`` is None when the new rules have no such category."""

    ticket: Opened
    before: Told
    after: Told | None

    @property
    def is_slower(self) -> bool:
        """Whether the first call would come later than it does now."""
        if self.after is None or self.before.first_call is None:
            return False
        later = self.after.first_call
        return later is None or later > self.before.first_call


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``looked_at`` are the newest of ``tickets``; the others were not."""

    tickets: int
    looked_at: int
    changes: tuple[Change, ...]

    @property
    def slower(self) -> int:
        return sum(1 for each in self.changes if each.is_slower)

    @property
    def examples(self) -> tuple[Change, ...]:
        """The slower ones first: they are what to look at before publishing."""
        ordered = sorted(self.changes, key=lambda each: not each.is_slower)
        return tuple(ordered[:EXAMPLES])


def compare(
    db: TenantSession, before: Town, after: Town, *, at: datetime
) -> Comparison:
    """Each ticket as it was opened, under the rules that hold and under the others."""
    recent = tickets.opened_since(db, at - BACK, limit=MOST)
    changes = []
    for ticket in recent.tickets:
        old = foretold(before, ticket)
        new = foretold(after, ticket)
        if old is not None and old != new:
            changes.append(Change(ticket, old, new))
    return Comparison(
        tickets=recent.total, looked_at=len(recent.tickets), changes=tuple(changes)
    )


def foretold(town: Town, ticket: Opened) -> Told | None:
    """The engine's own decisions until somebody is rung, if nobody answers."""
    try:
        category = town.category(ticket.category)
    except NoSuchEntry:
        return None
    level, at = ticket.level, ticket.opened_at
    policy = choose_policy(town, category, level=level, at=at).policy
    people = Directory(town, category.department)
    rehearsal = Rehearsal(policy, people, Run.fresh(UNBORN, level=level, at=at))
    rehearsal.play(Started(), at=at)
    while not _rung(rehearsal) and rehearsal.run.state != "exhausted":
        rehearsal.let_time_pass()
    told = sorted(rehearsal.told(), key=lambda each: each[0])
    if not told:
        return None
    first = told[0][0]
    names = dict.fromkeys(tell.contact.name for due, tell in told if due == first)
    calls = [due - at for due, _ in _rung(rehearsal)]
    return Told(policy.key, tuple(names), first - at, min(calls, default=None))


def _rung(rehearsal: Rehearsal) -> list[tuple[datetime, Tell]]:
    return [each for each in rehearsal.told() if each[1].channel in ALOUD]
