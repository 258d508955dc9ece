"""How a relay hears of tickets, and of what people answered; entrypoints plug it in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import tenants
import tickets
from escalation import service
from notify import Answer, Notification
from tickets import Step, Ticket
from townline.errors import Problem
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession

MILESTONES: dict[str, Step] = {
    "on_the_way": "on_the_way",
    "on_site": "on_site",
    "done": "done",
}


class TicketWatcher:
    """A ticket's opening starts its relay, and its closing ends it."""

    def opened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        service.start(db, ticket, at=at)

    def moved(
        self, db: TenantSession, ticket: Ticket, kind: Step, *, at: datetime
    ) -> None:
        said = {each.kind: each.by for each in tickets.milestones(db, ticket.id)}
        contact = _contact_called(db, said.get(kind, ""))
        service.moved(db, ticket.id, kind, contact=contact, at=at)

    def closed(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        closure = tickets.closure(db, ticket.id)
        reason = closure.reason if closure else "done"
        service.close(db, ticket.id, reason=reason, at=at)

    def reopened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        service.start(db, ticket, at=at)

    def merged(
        self, db: TenantSession, ticket: Ticket, into: Ticket, *, at: datetime
    ) -> None:
        """The relay of the one that stays goes on; this one's tells nobody any more."""
        service.close(db, ticket.id, reason="duplicate", at=at)


class RelayListener:
    """What a person answers to a relay, and what could not be said to them."""

    def answered(
        self,
        db: TenantSession,
        notification: Notification,
        answer: Answer,
        *,
        at: datetime,
    ) -> str:
        run_id, contact = notification.fence_id, notification.recipient_key
        if run_id is None:
            return ""
        match answer.kind:
            case "accept":
                code = notification.code or ""
                return service.accept(
                    db, run_id, contact=contact, via=answer.via, at=at, code=code
                )
            case "decline":
                return service.decline(
                    db, run_id, contact=contact, via=answer.via, at=at
                )
            case _:
                return _progress(db, notification, answer, run_id=run_id, at=at)

    def failed(
        self, db: TenantSession, notification: Notification, why: str, *, at: datetime
    ) -> None:
        if notification.fence_id:
            service.rung_failed(db, notification.fence_id, notification.key, at=at)


def _progress(
    db: TenantSession,
    notification: Notification,
    answer: Answer,
    *,
    run_id: UUID,
    at: datetime,
) -> str:
    """A milestone of the ticket, if it comes from whoever has it.

    Work that is done but still lacks its proof is noted as done, and the crew is
    told what is missing. The ticket is locked before its run, as everybody does.
    """
    tickets.get(db, notification.subject_id, lock=True)
    kind = MILESTONES[answer.kind]
    sentence, counts = service.progressed(
        db,
        run_id,
        kind,
        contact=notification.recipient_key,
        at=at,
        code=notification.code or "",
    )
    if not counts:
        return sentence
    by = Actor("crew", answer.name)
    try:
        tickets.mark(db, notification.subject_id, kind, by=by, at=at, note=answer.note)
    except Problem as missing:
        return gettext(str(missing))
    return sentence


def _contact_called(db: TenantSession, name: str) -> str:
    """The key of the contact of that name, or "" for an agent, or somebody else."""
    contacts = tenants.current(db).town.contacts
    return next((each.key for each in contacts if each.name == name), "")
