"""What came of a ticket: who is told next, or who has it, and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import escalation
import notify
import tenants
import tickets
from escalation import Line, Standing
from notify import Notification
from tenants.town import Category, Town
from tickets import Closure, Note, Reporter, Ticket, events
from tickets.events import KnownEvent
from townline.i18n import gettext, speaking
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A ticket as the desk follows it; ``coming`` is what happens if nobody answers."""

    ticket: Ticket
    town: Town
    category: Category
    at: datetime
    standing: Standing | None
    coming: Sequence[Line]
    closure: Closure | None
    reporters: Sequence[Reporter]
    notes: Sequence[Note]
    dials: Sequence[Notification]
    linked: Sequence[Ticket] = ()
    event: KnownEvent | None = None

    @property
    def spelled(self) -> str:
        return tickets.spelled(self.ticket.tracking)

    @property
    def reference(self) -> str:
        """The one number of a call: its first ticket's, for all of them."""
        first = min((self.ticket, *self.linked), key=lambda each: each.id)
        return tickets.spelled(first.tracking)

    @property
    def goodbye(self) -> str:
        """The last words of the call, in the caller's language."""
        with speaking(self.ticket.language):
            number = gettext("Your number is {number}. Once more: {number}.")
            parts = [self.ticket.promise, number.format(number=self.reference)]
            if self.linked:
                parts.append(gettext("It stands for everything you have told me."))
            if self.code:
                own = gettext("Your own code, instead of a name, is {code}.")
                parts.append(own.format(code=self.code))
        return " ".join(parts)

    @property
    def code(self) -> str:
        """Of an anonymous caller who has just called: it is never told again."""
        newest = self.reporters[-1] if self.reporters else None
        return tickets.spelled(newest.lookup) if newest and newest.lookup else ""


def followed(db: TenantSession, ticket_id: UUID, *, at: datetime) -> Followed:
    ticket = tickets.get(db, ticket_id)
    town = tenants.rules_of(db, ticket.version_id).town
    return Followed(
        ticket=ticket,
        town=town,
        category=town.category(ticket.category),
        at=at,
        standing=escalation.state_of(db, ticket.id),
        coming=escalation.happens_next(db, ticket.id, at=at),
        closure=tickets.closure(db, ticket.id),
        reporters=tickets.reporters(db, ticket.id),
        notes=tickets.notes(db, ticket.id),
        dials=notify.dial_tasks(db, ticket.id),
        linked=tickets.linked(db, ticket),
        event=events.of_ticket(db, ticket.id),
    )
