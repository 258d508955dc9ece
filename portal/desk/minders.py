"""The minders an agent sees on the queue: what is due, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import tenants
from calls import minders
from calls.minders import Minder
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board


@dataclass(frozen=True, slots=True)
class Reminder:
    minder: Minder
    town: Town
    at: datetime

    @property
    def is_due(self) -> bool:
        return self.minder.due_at <= self.at

    @property
    def address(self) -> str:
        return f"/desk/minders/{self.town.slug}/{self.minder.id}"

    @property
    def about(self) -> str | None:
        """Where what it is about can be read."""
        if self.minder.about == "town" or self.minder.about_id is None:
            return None
        return f"/desk/{self.minder.about}s/{self.town.slug}/{self.minder.about_id}"


@dataclass(frozen=True, slots=True)
class Reminders:
    at: datetime
    me: UUID
    all: tuple[Reminder, ...]
    towns: tuple[Town, ...]

    @property
    def due(self) -> tuple[Reminder, ...]:
        return tuple(each for each in self.all if each.is_due)


def reminders_of(database: Database, person: Person, *, at: datetime) -> Reminders:
    with board(database, person.desk_towns) as session:
        towns = tenants.current_of(session)
        found = minders.open_minders(session, person.account_id)
    return Reminders(
        at=at,
        me=person.account_id,
        all=tuple(Reminder(each, towns[each.tenant_id], at) for each in found),
        towns=tuple(sorted(towns.values(), key=lambda each: each.slug)),
    )
