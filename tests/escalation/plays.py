"""The engine on the real database, in a world that plays people and carriers."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, groupby
from uuid import UUID, uuid4

from sqlalchemy import func, select

import escalation
import notify
import tenants
from escalation.models import Timer
from escalation.simulation import Line, Person, Scenario, Script
from notify import Attempt, Notification, Report
from notify.channels import DeliveryFailed, Parcel
from notify.channels.recording import RecordingCarrier
from notify.rehearsing import TOKEN
from tenants.town import Town
from tests.conftest import _open as opened
from tests.escalation.conftest import MAYA
from tests.plugs import plugged
from tickets import Ticket
from townline import proof
from townline.db import Database
from townline.tenancy import TenantSession

RINGS, LATE = timedelta(seconds=30), timedelta(seconds=30)
# What the engine's log says: when, what, to whom, by which channel, and the text.
Said = tuple[datetime, str, str, str, str]


class DeadTexts(RecordingCarrier):
    """Takes everything but texts."""

    async def deliver(self, parcel: Parcel) -> str:
        if parcel.channel == "sms":
            raise DeliveryFailed("other_channel", "30006")
        return await RecordingCarrier.deliver(self, parcel)


@dataclass(slots=True)
class Play:
    """People and carriers by the script, and the engine by its own clock."""

    db: TenantSession
    workers: Database
    script: Script
    ticket: Ticket
    carrier: RecordingCarrier
    seen: int = 0
    told: dict[str, Person | None] = field(default_factory=dict)
    due: list[tuple[datetime, int, str, str, UUID]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)

    def until(self, last: datetime) -> None:
        while (now := self.next()) and now <= last:
            escalation.tick(self.workers, at=now)
            self.send(now)
            while self.due and self.due[0][0] <= now:
                _, _, what, who, id = heapq.heappop(self.due)
                self.react(what, who, id, now)
            self.send(now)

    def next(self) -> datetime | None:
        self.db.session.rollback()
        timers = select(func.min(Timer.due_at)).where(
            Timer.tenant_id == self.db.tenant_id, Timer.state == "due"
        )
        promised = select(func.min(Notification.due_at)).where(
            Notification.tenant_id == self.db.tenant_id,
            Notification.state.in_(["pending", "held"]),
            Notification.channel != "agent",
        )
        found = [self.db.session.scalar(each) for each in (timers, promised)]
        found += [self.due[0][0]] if self.due else []
        return min((each for each in found if each), default=None)

    def send(self, now: datetime) -> None:
        while notify.send_due(self.workers, self.carrier.everywhere(), at=now):
            pass
        self.db.session.rollback()
        # In the policy's order: what goes out together has none of its own.
        together = self.carrier.sent[self.seen :]
        for parcel in sorted(together, key=lambda each: each.notification_id):
            self.expect(parcel, now)
        self.seen = len(self.carrier.sent)

    def expect(self, parcel: Parcel, now: datetime) -> None:
        it = self.db.get(Notification, parcel.notification_id)
        id, contact = parcel.attempt_id, it.recipient_key
        if parcel.channel == "sms" and self.script.texts == "undelivered":
            self.later("undelivered", contact, id, now + LATE)
        elif contact not in self.told and self.answers(contact):
            person = self.told[contact]
            assert person is not None
            self.later(
                f"{person.does} {parcel.channel}", contact, id, now + person.after
            )
        elif parcel.channel == "voice":
            self.later("no-answer", contact, id, now + RINGS)

    def answers(self, contact: str) -> bool:
        self.told[contact] = self.script.person(len(self.told) + 1)
        return self.told[contact] is not None

    def later(self, what: str, who: str, id: UUID, at: datetime) -> None:
        heapq.heappush(self.due, (at, next(self.order), what, who, id))

    def react(self, what: str, who: str, id: UUID, now: datetime) -> None:
        verb, _, via = what.partition(" ")
        run = escalation.state_of(self.db, self.ticket.id)
        assert run is not None
        if verb == "accept":
            escalation.accept(self.db, run.run_id, contact=who, via=via, at=now)
            self.set_out(who, now)
        elif verb == "decline":
            escalation.decline(self.db, run.run_id, contact=who, via=via, at=now)
        elif verb in {"on_the_way", "on_site"}:
            escalation.moved(self.db, self.ticket.id, verb, contact=who, at=now)  # type: ignore[arg-type]
        else:
            self.report(verb, id, now)
        self.db.session.commit()

    def report(self, verb: str, id: UUID, now: datetime) -> None:
        """Of a call that was hung up no carrier says that it rang out."""
        attempt = self.db.get(Attempt, id)
        it = self.db.get(Notification, attempt.notification_id)
        fence = self.db.get(notify.Fence, it.fence_id or uuid4())
        over = fence.closed_at is not None or fence.epoch != it.epoch
        if verb == "undelivered":
            payload = {"MessageStatus": verb, "ErrorCode": "30006"}
            source = "text_status"
        elif over:
            return
        else:
            payload, source = {"CallStatus": verb}, "call_status"
        report = Report(source=source, key=str(id), attempt_id=id, payload=payload)  # type: ignore[arg-type]
        notify.receive(self.db, report, at=now)

    def set_out(self, who: str, now: datetime) -> None:
        person = self.told[who]
        run = escalation.state_of(self.db, self.ticket.id)
        if person and person.arrives and run and run.state == "accepted":
            usual = {
                "on_the_way": timedelta(minutes=2),
                "on_site": timedelta(minutes=20),
            }
            for kind, length in usual.items():
                due = run.due.get(kind)  # type: ignore[call-overload]
                half = (due - now) / 2 if due else length
                self.later(kind, who, uuid4(), now + min(length, half))


def of_the_engine(db: TenantSession, ticket: Ticket, last: datetime) -> list[Said]:
    contacts = {each.key: each.name for each in tenants.current(db).town.contacts}
    said = []
    for entry in proof.timeline(db, ticket.id):
        facts = entry.told()
        if entry.event.startswith("relay.") and entry.at <= last:
            name = str(facts.get("to", "")) if "channel" in facts else ""
            by = entry.actor.removeprefix("crew ")
            name = by if by in contacts.values() else name
            if entry.event == "relay.cancelled":
                name = ", ".join(facts["to"])  # type: ignore[arg-type]  # names
            text = str(facts.get("text", ""))
            said.append(
                (entry.at, entry.event, name, str(facts.get("channel", "")), text)
            )
    return said


def of_the_simulator(lines: tuple[Line, ...]) -> list[Said]:
    return [
        (line.at, line.event, line.name, line.channel, line.text)
        for line in lines
        if line.event.startswith("relay.") and line.event != "relay.to_dial"
    ]


def in_step(said: list[Said]) -> list[Said]:
    """What goes out together has no order, and each link has a token of its own."""
    known = []
    for _, together in groupby(said, key=lambda each: (each[0], each[1])):
        for at, event, name, channel, text in sorted(together, key=lambda e: e[2:4]):
            words = text.split("/r/")
            tail = words[1][4 + len(TOKEN) :] if len(words) > 1 else ""
            known.append((at, event, name, channel, words[0] + tail))
    return known


@dataclass(frozen=True, slots=True)
class Stage:
    """One town, in which a scenario is played for real."""

    tenant_id: UUID
    rules: Town
    database: Database
    workers: Database

    def play(self, scenario: Scenario, *, until: datetime) -> list[Said]:
        broken = scenario.script.texts == "down"
        carrier = DeadTexts() if broken else RecordingCarrier()
        with plugged(), opened(self.database, self.tenant_id) as session:
            db = TenantSession(self.tenant_id, session)
            ticket = ticket_of(db, scenario)
            escalation.start(db, ticket, at=scenario.at)
            session.commit()
            Play(db, self.workers, scenario.script, ticket, carrier).until(until)
            session.commit()
            return of_the_engine(db, ticket, until)


def ticket_of(db: TenantSession, scenario: Scenario) -> Ticket:
    """A row of its own: what is asked and answered of it is another story."""
    return db.add(
        Ticket(
            id=uuid4(),
            tracking=f"{scenario.town.prefix}-000-000-0",
            client_key=uuid4(),
            version_id=tenants.current(db).version_id,
            category=scenario.category.key,
            kind=scenario.category.kind,
            level=scenario.level,
            department=scenario.category.department,
            channel="phone",
            language=scenario.town.languages[0],
            opened_at=scenario.at,
            opened_by=str(MAYA),
            place=scenario.place,
            directions="",
            words=scenario.words,
            answers=[],
            promised_at=scenario.at,
            promise="",
        )
    )
