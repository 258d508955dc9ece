"""What the towns tell every caller for now, and where another can be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from calls import announcing
from calls.returning.models import Announcement
from portal.desk.board import towns_of
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board


@dataclass(frozen=True, slots=True)
class Told:
    """``latest`` is what callers hear; an older one waits until it ends."""

    said: Announcement
    town: Town
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Announced:
    at: datetime
    told: tuple[Told, ...]
    towns: tuple[Town, ...]


def announced(database: Database, person: Person, *, at: datetime) -> Announced:
    with board(database, person.desk_towns) as session:
        running = announcing.running(session, at=at)
    towns = towns_of(database, person.desk_towns)
    latest = {each.tenant_id: each.id for each in reversed(running)}
    told = (
        Told(each, towns[each.tenant_id], latest[each.tenant_id] == each.id)
        for each in running
    )
    return Announced(at, tuple(told), tuple(towns.values()))
