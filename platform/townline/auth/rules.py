"""What roles may do, and when somebody has tried too often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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

DESK = frozenset({"agent", "supervisor"})
TOWN = frozenset({"manager", "staff"})


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is signed in, with the role in each town they may see."""

    account_id: UUID
    name: str
    email: str
    language: str | None
    extension: str | None
    roles: Mapping[UUID, str]

    @property
    def desk_towns(self) -> tuple[UUID, ...]:
        return tuple(town for town, role in self.roles.items() if role in DESK)

    @property
    def supervised_towns(self) -> tuple[UUID, ...]:
        return tuple(town for town, role in self.roles.items() if role == "supervisor")

    @property
    def own_towns(self) -> tuple[UUID, ...]:
        return tuple(town for town, role in self.roles.items() if role in TOWN)

    def serves(self, tenant_id: UUID) -> bool:
        return self.roles.get(tenant_id) in DESK

    def belongs_to(self, tenant_id: UUID) -> bool:
        return self.roles.get(tenant_id) in TOWN


def too_many(*, by_email: int, by_address: int) -> bool:
    return by_email >= TRIES or by_address >= TRIES_PER_ADDRESS
