"""What happens in a night, done by the same verbs as in the running product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import calls
import escalation
import notify
import surveys
import tickets
from notify import Attempt, Notification
from notify.channels.recording import RecordingCarrier
from notify.service.answers import press
from tenants.town import Text
from tests.accounts import quickly_opened
from tests.portal.town.cast import ANA, MAYA, Minutes
from tickets import Caller, Intake, Ticket, events
from tickets.events import EventTerms
from townline import auth
from townline.auth import Person
from townline.db import Database, new_id
from townline.proof import Actor
from townline.tenancy import TenantSession, town

HELEN = Caller(name="Helen Marsh", phone="+13125550142", tell_by="sms")
LINE = "+13125550100"
RITA = "rita@hall.example"
PRIYA = Actor("town", "Priya Nair")


@dataclass(slots=True)
class Night:
    """One town's night: the line, its tickets, and a carrier that only writes down."""

    database: Database
    engine: Database
    tenant_id: UUID
    clock: Minutes
    carrier: RecordingCarrier = field(default_factory=RecordingCarrier)
    rung: int = 0

    @contextmanager
    def town(self) -> Iterator[TenantSession]:
        with town(self.database, self.tenant_id) as db:
            yield db

    def there(self) -> dict[str, str]:
        """The ids of a colleague, somebody invited, a key, and a known event."""
        with self.database.everybody() as session:
            rita = auth.find_account(session, RITA) or quickly_opened(
                session, RITA, name="Rita Moss", password="kettle onward plaid"
            )
        wish = auth.Wish(email="gus@hall.example", name="Gus Ames", role="viewer")
        with self.town() as db:
            auth.grant(db, rita.id, role="viewer", at=self.clock())
            sent = auth.invite(db, wish, by=PRIYA, at=self.clock())
            program = auth.KeyWish(name="Works orders", scopes=("tickets",), days=30)
            key = auth.make_key(db, program, by=PRIYA, at=self.clock())
            terms = EventTerms(title=Text(en="No water"), say=Text(en="A main broke."))
            event = events.make(
                db, terms, client_key=new_id(), at=self.clock(), by=MAYA
            )
        return {
            "account_id": str(rita.id),
            "invitation_id": str(sent.invitation.id),
            "event_id": str(event.id),
            "key_id": str(key.row.id),
        }

    def ring(self, caller: str = "+13125550142", *, answered: bool = True) -> UUID:
        """A call; Maya takes it after 12 seconds, or nobody does and they hang up."""
        self.rung += 1
        sid = f"CA{self.rung}"
        with self.town() as db:
            call = calls.arrive(
                db, sid, line=LINE, caller=caller, language="en", at=self.clock()
            )
        if answered:
            self._answer(call.id)
        else:
            with self.town() as db:
                calls.end(db, sid, at=self.clock.later(seconds=40))
        return call.id

    def _answer(self, call_id: UUID) -> None:
        maya = Person(
            new_id(), MAYA.name, "", "en", "+13125559001", {self.tenant_id: "agent"}
        )
        with self.town() as db:
            calls.claim(db, call_id, by=maya, at=self.clock.later(seconds=12))
            calls.connected(db, call_id, at=self.clock.later(seconds=9))

    def hang_up(self, call_id: UUID, disposition: calls.Disposition) -> None:
        with self.town() as db:
            sid = calls.get(db, call_id).sid
            calls.end(db, sid, at=self.clock())
            calls.wrap_up(db, call_id, disposition, by=MAYA, at=self.clock())

    def report(
        self,
        category: str = "water-main-break",
        *,
        place: str = "Elm St and 4th Ave",
        caller: Caller = HELEN,
        words: str = "Water is coming up through the street.",
        call_id: UUID | None = None,
    ) -> Ticket:
        intake = Intake(
            client_key=new_id(),
            category=category,
            channel="phone",
            caller=caller,
            place=place,
            words=words,
            answers={"flow": "stream", "cars": "one-lane", "state": "leaking"},
            call_id=call_id,
            read_back=True,
        )
        with self.town() as db:
            return tickets.open(db, intake, at=self.clock(), by=MAYA)

    def pass_time(self, **time: float) -> None:
        """What a worker would have done by then."""
        at = self.clock.later(**time)
        escalation.tick(self.engine, at=at)
        notify.send_due(self.engine, self.carrier.everywhere(), at=at)
        surveys.tick(self.engine, at=at)

    def presses(self, contact: str, key: str = "1") -> None:
        """Somebody picks up the last call they were made, and presses a key."""
        with self.town() as db:
            attempt = self._last_call(db, contact)
            press(db, attempt, key, at=self.clock())

    def texts(self, ticket: Ticket, contact: str) -> None:
        """Somebody takes the ticket by text."""
        with self.town() as db:
            run = escalation.state_of(db, ticket.id)
            assert run is not None
            escalation.accept(
                db, run.run_id, contact=contact, via="sms", at=self.clock()
            )

    def crew_is(self, ticket: Ticket, step: tickets.Step, note: str = "") -> None:
        with self.town() as db:
            tickets.mark(db, ticket.id, step, by=ANA, at=self.clock(), note=note)

    def _last_call(self, db: TenantSession, contact: str) -> Attempt:
        told = db.rows(Notification).where(
            Notification.recipient_key == contact, Notification.channel == "voice"
        )
        ids = [each.id for each in db.session.scalars(told)]
        made = db.rows(Attempt).where(Attempt.notification_id.in_(ids))
        found = db.session.scalars(made.order_by(Attempt.intended_at.desc())).first()
        assert found is not None
        return found


def night_of(
    database: Database, engine: Database, tenant_id: UUID, *, begins: datetime
) -> Night:
    return Night(database, engine, tenant_id, Minutes(begins))
