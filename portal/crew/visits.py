"""Somebody has opened the link they were sent: who they are, and about which ticket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import escalation
import tenants
import tickets
from notify import Notification, links
from tickets import Ticket
from townline.db import Database
from townline.errors import NotFound
from townline.proof import Actor
from townline.settings import Settings
from townline.tenancy import TenantSession, town


@dataclass(frozen=True, slots=True)
class Visit:
    """The notification is the visitor's papers: its link was sent to nobody else."""

    db: TenantSession
    notification: Notification
    ticket: Ticket
    address: str
    at: datetime

    @property
    def contact(self) -> str:
        return self.notification.recipient_key

    @property
    def actor(self) -> Actor:
        return Actor("crew", self.notification.recipient_name)


@contextmanager
def visiting(
    database: Database, prefix: str, token: str, *, settings: Settings, at: datetime
) -> Iterator[Visit]:
    """One transaction in the town that the address names; 404 for any other link."""
    with database.everybody() as session:
        tenant_id = tenants.by_prefix(session, prefix).id
    with town(database, tenant_id) as db:
        link = links.read(db, token, secret=settings.secret, at=at)
        if link.notification.recipient_kind != "contact":
            raise NotFound
        ticket = tickets.get(db, link.notification.subject_id)
        yield Visit(db, link.notification, ticket, f"/r/{prefix}/{token}", at)


def answer(visit: Visit, said: str) -> None:
    """Take it, decline it or hand it back; too late an answer changes nothing."""
    standing = escalation.state_of(visit.db, visit.ticket.id)
    verbs = {"accept": escalation.accept, "decline": escalation.decline}
    if standing is None or said not in verbs:
        raise NotFound
    verbs[said](
        visit.db, standing.run_id, contact=visit.contact, via="link", at=visit.at
    )
