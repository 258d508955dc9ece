"""What calls do when a ticket opens: forget the number of whoever is anonymous."""

from __future__ import annotations

from datetime import datetime

import tickets
from calls.accounting import forget_caller
from tickets import Step, Ticket
from townline.tenancy import TenantSession


class TicketWatcher:
    """Enter it in ``tickets.WATCHERS``."""

    def opened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        if ticket.call_id and tickets.is_anonymous(db, ticket.id):
            forget_caller(db, ticket.call_id, at=at)

    def moved(
        self, db: TenantSession, ticket: Ticket, kind: Step, *, at: datetime
    ) -> None:
        """A crew's steps change nothing about the call."""

    def closed(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        """Nor does the closing."""

    def reopened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        """Nor being opened again."""

    def merged(
        self, db: TenantSession, ticket: Ticket, into: Ticket, *, at: datetime
    ) -> None:
        """Nor going on under another number."""
