"""Who acts when a ticket changes, in the same transaction: relays and surveys.

They stand above this capability, so it does not know them; the entrypoints put them
into the list when a process starts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tickets.models import Ticket
from tickets.terms import Step
from townline.tenancy import TenantSession


class Watcher(Protocol):
    def opened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None: ...

    def moved(
        self, db: TenantSession, ticket: Ticket, kind: Step, *, at: datetime
    ) -> None: ...

    def closed(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None: ...

    def reopened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None: ...

    def merged(
        self, db: TenantSession, ticket: Ticket, into: Ticket, *, at: datetime
    ) -> None:
        """``ticket`` has closed, and goes on under the number of ``into``."""


WATCHERS: list[Watcher] = []
