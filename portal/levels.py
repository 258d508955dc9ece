"""A ticket's level judged anew: what a person may choose, and what each sets going."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import escalation
import tenants
from escalation import Line
from tenants.rules import choose_policy
from tenants.town import Channel, Policy
from tickets import Ticket
from townline.auth import Person
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession

# As a page offers them and a form sends them; 1 is the gravest.
LEVELS = {str(level): level for level in range(1, 6)}
NO_LEVEL = 0


class LevelMoved(Invalid):
    """Somebody has just changed the level; see what each would do now, and choose."""

    status_code = 409


@dataclass(frozen=True, slots=True)
class NewLevel:
    """The form; ``was`` is the level of the ticket when it was shown."""

    level: str = ""
    reason: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A level and its relay: ``keep`` goes on having it, ``lose`` has it no longer.

    ``first`` are told before all others; nobody is while those who have it suffice.
    """

    level: int
    policy: str
    first: tuple[Line, ...]
    keep: tuple[str, ...]
    lose: tuple[str, ...]

    @property
    def at_once(self) -> bool:
        return all(line.after <= timedelta() for line in self.first)

    @property
    def told(self) -> str:
        """Each of the first by name, with the ways to them."""
        ways: dict[str, list[str]] = {}
        for line in self.first:
            ways.setdefault(line.name, []).append(_way(line.channel))
        return "; ".join(f"{name} {', '.join(by)}" for name, by in ways.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelForm:
    """What is offered to one person; ``refused`` is why ``typed`` was not taken."""

    was: int
    choices: tuple[Choice, ...]
    typed: NewLevel
    refused: Invalid | None = None

    @property
    def only_graver(self) -> bool:
        """Whether there are lighter levels, but for somebody else to choose."""
        offered = {each.level for each in self.choices}
        return self.was < max(LEVELS.values()) and max(offered, default=0) < self.was

    @property
    def remedy(self) -> str:
        return gettext(str(self.refused)) if self.refused else ""

    def fault(self, field: str) -> str:
        """The remedy, to be said at the field that needs it."""
        here = self.refused is not None and self.refused.field == field
        return self.remedy if here else ""


def level_form(
    db: TenantSession,
    ticket: Ticket,
    *,
    by: Person,
    at: datetime,
    typed: NewLevel | None = None,
    refused: Invalid | None = None,
) -> LevelForm:
    """Without choices for whoever may make none, and for a ticket that is closed."""
    return LevelForm(
        was=ticket.level,
        choices=tuple(_choices(db, ticket, by=by, at=at)),
        typed=typed or NewLevel(),
        refused=refused,
    )


def change(
    db: TenantSession, ticket: Ticket, asked: NewLevel, *, by: Person, at: datetime
) -> None:
    """Unless the level has moved since: what was shown would not be what happens."""
    if asked.was in LEVELS and LEVELS[asked.was] != ticket.level:
        raise LevelMoved(field="level")
    level = LEVELS.get(asked.level, NO_LEVEL)
    escalation.change_level(db, ticket.id, level, reason=asked.reason, by=by, at=at)


def _choices(
    db: TenantSession, ticket: Ticket, *, by: Person, at: datetime
) -> Iterator[Choice]:
    role = by.roles.get(db.tenant_id, "")
    offered = [
        level
        for level in LEVELS.values()
        if level != ticket.level
        and escalation.may_change_level(role, was=ticket.level, level=level)
    ]
    if offered and not ticket.closed_at:
        standing = escalation.state_of(db, ticket.id)
        holders = [each.name for each in standing.holders] if standing else []
        for level in offered:
            yield _choice(db, ticket, level, holders=holders, at=at)


def _choice(
    db: TenantSession,
    ticket: Ticket,
    level: int,
    *,
    holders: Sequence[str],
    at: datetime,
) -> Choice:
    town = tenants.rules_of(db, ticket.version_id).town
    category = town.category(ticket.category)
    policy = choose_policy(town, category, level=level, at=at).policy
    foreseen = escalation.preview(town, category, level, at=at)
    keep = tuple(holders) if policy.keep_acceptances else ()
    return Choice(
        level=level,
        policy=foreseen.policy,
        first=() if _suffice(keep, policy) else _first(foreseen.lines),
        keep=keep,
        lose=() if policy.keep_acceptances else tuple(holders),
    )


def _suffice(keep: Sequence[str], policy: Policy) -> bool:
    return len(keep) >= policy.acceptances


def _first(lines: Sequence[Line]) -> tuple[Line, ...]:
    earliest = min((line.at for line in lines), default=None)
    return tuple(line for line in lines if line.at == earliest)


def _way(channel: Channel) -> str:
    match channel:
        case "sms":
            return gettext("by text")
        case "voice":
            return gettext("by telephone")
        case "email":
            return gettext("by email")
        case _:
            return gettext("by an agent’s call")
