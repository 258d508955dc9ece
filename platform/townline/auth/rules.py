"""What roles may do, and when somebody has tried too often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

# Ten guesses in a quarter of an hour leave a guesser of the commonest thousand
# passwords a day of work for each account, and a forgetful person a second chance.
TRIES, WINDOW = 10, timedelta(minutes=15)
# One address may stand for a whole town hall behind one router.
TRIES_PER_ADDRESS = 50
# A night shift and the hand-over after it, without signing in twice.
SESSION_LASTS = timedelta(hours=14)
# To find the telephone and type six digits, or to set up an authenticator.
HALF_WAY_LASTS = timedelta(minutes=15)
# zxcvbn's "safely unguessable" where hashes are slow: 10^8 guesses and more.
STRONG = 3
# Longer is no stronger, and zxcvbn takes its time over what is very long.
LONGEST_PASSWORD = 100

# A link in a mailbox: long enough for a holiday, short enough to be forgotten safely.
INVITATION_LASTS = timedelta(days=7)

DESK = frozenset({"agent", "supervisor", "administrator"})
SUPERVISORS = frozenset({"supervisor", "administrator"})
TOWN = frozenset({"manager", "dispatcher", "lead", "viewer"})
# What a key of a town may open, scope by scope; each is a role of its own in the
# table of who may do what.
KEY = "key"
SCOPES = ("tickets", "files", "identity", "evidence", "rules")
# A year of nobody thinking of it is as long as a key in a program may be forgotten.
KEY_DAYS = (30, 90, 180, 365)
# Whose tickets may be those of some departments only.
SCOPED = frozenset({"dispatcher", "lead", "viewer"})
EVERYWHERE: Mapping[UUID, frozenset[str]] = {}
NO_SCOPE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is signed in, with the role in each town they may see.

    ``departments`` has the towns of which they see only some departments' tickets.
    A program that shows a town's key is one too, with that town and its ``scopes``.
    """

    account_id: UUID
    name: str
    email: str
    language: str | None
    extension: str | None
    roles: Mapping[UUID, str]
    departments: Mapping[UUID, frozenset[str]] = field(
        default_factory=lambda: EVERYWHERE
    )
    scopes: frozenset[str] = NO_SCOPE

    @property
    def is_key(self) -> bool:
        return KEY in self.roles.values()

    @property
    def desk_towns(self) -> tuple[UUID, ...]:
        return tuple(town for town, role in self.roles.items() if role in DESK)

    @property
    def supervised_towns(self) -> tuple[UUID, ...]:
        return tuple(town for town, role in self.roles.items() if role in SUPERVISORS)

    @property
    def own_towns(self) -> tuple[UUID, ...]:
        return tuple(town for town, role in self.roles.items() if role in TOWN)

    def serves(self, tenant_id: UUID) -> bool:
        return self.roles.get(tenant_id) in DESK

    def sees(self, tenant_id: UUID, department: str) -> bool:
        """Whether a ticket of this department of the town is theirs to see."""
        scope = self.departments.get(tenant_id)
        return scope is None or department in scope

    def belongs_to(self, tenant_id: UUID) -> bool:
        return self.roles.get(tenant_id) in TOWN | {KEY}

    def acts_as(self, tenant_id: UUID) -> frozenset[str]:
        """The names under which the table of who may do what has them in a town."""
        role = self.roles.get(tenant_id)
        if role is None:
            return NO_SCOPE
        return scoped(self.scopes) if role == KEY else frozenset({role})


def scoped(scopes: Iterable[str]) -> frozenset[str]:
    """As the table of who may do what calls them: ``key:tickets``."""
    return frozenset(f"{KEY}:{scope}" for scope in scopes)


def may_grant(own: str, role: str) -> bool:
    """A manager lets the town's own people in; an administrator lets anybody in."""
    return own == "administrator" or (own == "manager" and role in TOWN)


def too_many(*, by_email: int, by_address: int) -> bool:
    return by_email >= TRIES or by_address >= TRIES_PER_ADDRESS
