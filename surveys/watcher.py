"""What follows from a ticket's life, and from news that could not be delivered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import tickets
from notify import Answer, Notification
from surveys.service.follow_ups import (
    plan_follow_ups,
    plan_follow_ups_anew,
    void_follow_ups,
)
from surveys.service.invitations import drop_invitations, plan_invitations
from surveys.service.news import tell_merged, tell_residents
from surveys.service.tasks import ask_for_a_call, drop_calls_about_waiting
from tickets import Reporter, Step, Ticket
from townline.i18n import gettext
from townline.tenancy import TenantSession

# Somebody who wrote STOP does not want a call instead.
UNWANTED = "opted_out"


class TicketWatcher:
    """Plugged into ``tickets.WATCHERS``; works inside the ticket's transaction."""

    def opened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        plan_follow_ups(db, ticket)

    def moved(
        self, db: TenantSession, ticket: Ticket, kind: Step, *, at: datetime
    ) -> None:
        """Nothing: the resident's page tells it, and a text a step would be noise."""

    def closed(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        void_follow_ups(db, ticket.id, at=at)
        drop_calls_about_waiting(db, ticket.id, at=at)
        tell_residents(db, ticket, "resident_done", at=at)
        closure = tickets.closure(db, ticket.id)
        reason = closure.reason if closure else "done"
        plan_invitations(db, ticket, reason=reason, at=at)

    def reopened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        """Nobody is asked how it went before it is over."""
        drop_invitations(db, ticket.id)
        plan_follow_ups_anew(db, ticket, at=at)
        tell_residents(db, ticket, "resident_reopened", at=at)

    def merged(
        self, db: TenantSession, ticket: Ticket, into: Ticket, *, at: datetime
    ) -> None:
        """What is still owed is owed by the one that stays."""
        void_follow_ups(db, ticket.id, at=at)
        drop_calls_about_waiting(db, ticket.id, at=at)
        tell_merged(db, ticket, into, at=at)


class NewsListener:
    """Plugged into ``notify.LISTENERS["news"]``: who was not reached is called."""

    def answered(
        self,
        db: TenantSession,
        notification: Notification,
        answer: Answer,
        *,
        at: datetime,
    ) -> str:
        return gettext("Thank you. To add something to your report, please call us.")

    def failed(
        self, db: TenantSession, notification: Notification, why: str, *, at: datetime
    ) -> None:
        reporter = db.find(Reporter, UUID(notification.recipient_key))
        if reporter is None or why == UNWANTED:
            return
        ticket = tickets.get(db, notification.subject_id)
        ask_for_a_call(
            db, ticket, reporter, kind="not_reached", cause=notification.id, at=at
        )
