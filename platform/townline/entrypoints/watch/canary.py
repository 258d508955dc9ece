"""A relay to ourselves, from a saved ticket to the answer of a telephone.

Everything on the way is the product's own: ladder, sender, carrier, hooks. All that is
known of a flight is in its ticket, so any worker may look after it, and any number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from string import Template
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

import escalation
import tenants
import tickets
from tickets import Intake, Reason, Ticket
from townline import watch
from townline.db import Database
from townline.entrypoints.watch.rules import Flight, Last, flight
from townline.logs import logger
from townline.proof import Actor
from townline.settings import CanaryNumbers
from townline.tenancy import TenantSession, town

NAME, SLUG = "canary", "canary"
# Workers tick each five seconds, and one of them looks.
EVERY = 4.0
KEEPER = Actor("townline", "canary")
log = logger("watch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A job of the worker. ``line`` tells ``phone``, which answers by itself."""

    line: str
    phone: str
    mail: str
    minutes: int

    @classmethod
    def of(cls, numbers: CanaryNumbers, *, mail: str) -> Canary:
        return cls(
            line=numbers.line, phone=numbers.phone, mail=mail, minutes=numbers.minutes
        )

    def __call__(self, database: Database, *, at: datetime) -> int:
        """1 if a flight began or ended."""
        with database.everybody() as session:
            if not watch.begin(session, NAME, every=EVERY, at=at):
                return 0
        with town(database, self.nest(database, at=at)) as db:
            last = _last(db)
            now = flight(last, every=timedelta(minutes=self.minutes), at=at)
            if now.over and last is not None:
                _end(db, last, now, at=at)
            if now.begins:
                self._begin(db, at=at)
        if now.over:
            self._tell(database, now, at=at)
        return int(now.over or now.begins)

    def nest(self, database: Database, *, at: datetime) -> UUID:
        """The canary's town, made or brought up to date with the settings."""
        document = self.document()
        with database.everybody() as session:
            known = tenants.look_up(session, SLUG)
        if known is not None:
            with town(database, known.id) as db:
                if tenants.export_town(db) == document:
                    return known.id
        with database.everybody() as session:
            published = tenants.import_town(
                session, document, author="Townline", reason="the canary", at=at
            )
            return published.tenant_id

    def document(self) -> str:
        shipped = Path(__file__).with_name("canary.toml").read_text(encoding="utf-8")
        return Template(shipped).substitute(
            LINE=self.line, PHONE=self.phone, MAIL=self.mail
        )

    def _begin(self, db: TenantSession, *, at: datetime) -> None:
        """Two workers at once make one ticket: they send the same key."""
        slot = int(at.timestamp()) // (60 * self.minutes)
        intake = Intake(
            client_key=uuid5(NAMESPACE_URL, f"townline:canary:{slot}"),
            category="canary",
            channel="web",
            place="Nowhere",
        )
        tickets.open(db, intake, at=at, by=KEEPER)

    def _tell(self, database: Database, now: Flight, *, at: datetime) -> None:
        if now.late:
            log.error("watch.canary_late", seconds=now.seconds)
        told = {
            "seconds": now.seconds,
            "late": now.late,
            "due_by": (at + timedelta(minutes=2 * self.minutes)).isoformat(),
        }
        with database.everybody() as session:
            watch.end(session, NAME, found=told, at=at)


def _last(db: TenantSession) -> Last | None:
    newest = select(Ticket).where(Ticket.tenant_id == db.tenant_id)
    ticket = db.session.scalar(newest.order_by(Ticket.opened_at.desc()).limit(1))
    if ticket is None:
        return None
    standing = escalation.state_of(db, ticket.id)
    holders = standing.holders if standing else ()
    return Last(
        ticket_id=ticket.id,
        opened_at=ticket.opened_at,
        answered_at=min((each.at for each in holders), default=None),
        closed=ticket.closed_at is not None,
    )


def _end(db: TenantSession, last: Last, now: Flight, *, at: datetime) -> None:
    """Closed by whoever looked: nobody is asked any more, answered or not."""
    reason: Reason = "not_found" if now.late else "done"
    note = f"After {now.seconds:.1f} seconds."
    tickets.close(db, last.ticket_id, reason=reason, note=note, by=KEEPER, at=at)
