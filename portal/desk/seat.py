"""An agent at the desk at an instant, and the only ways from there to a town."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from litestar.di import NamedDependency

import tenants
from portal.desk.board import Board, board_of
from portal.desk.dials import DialBoard, dial_board
from townline.auth import Person
from townline.clock import Clock
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession, town


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks, through which door, and when: one instant for the whole request."""

    person: Person
    database: Database
    at: datetime

    @contextmanager
    def town(self, slug: str) -> Iterator[TenantSession]:
        """A transaction in a town the agent serves; any other is not there."""
        tenant_id = tenants.id_of(self.database, slug)
        if tenant_id is None or not self.person.serves(tenant_id):
            raise NotFound
        with town(self.database, tenant_id) as db:
            yield db

    def slug_of(self, number: str) -> str:
        """The address of the town whose letters a tracking number begins with."""
        letters = "".join(char for char in number.upper() if char.isalpha())[:3]
        with self.database.everybody() as session:
            tenant = tenants.by_prefix(session, letters)
        if not self.person.serves(tenant.id):
            raise NotFound
        return tenant.slug

    def board(self) -> Board:
        return board_of(self.database, self.person, at=self.at)

    def dials(self) -> DialBoard:
        return dial_board(self.database, self.person, at=self.at)


def seat(
    person: NamedDependency[Person],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
) -> Seat:
    """The dependency ``seat``."""
    return Seat(person, database, clock())
