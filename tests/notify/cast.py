"""The cast of these stories: Ana and Dan of Riverton's water crew, and who listens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import notify
from notify import Answer, Message, Notification, Recipient
from notify.channels import Parcel
from notify.models import Attempt, HangUp
from notify.samples import SAMPLES
from townline import proof
from townline.db import Database, new_id
from townline.tenancy import TenantSession, town

# A Thursday night in February: 02:12 in Riverton, 03:12 in Sainte-Aurore.
NIGHT = datetime(2026, 2, 12, 8, 12, tzinfo=UTC)
ANA, DAN = "+13125550161", "+13125550112"
RIVERTON_LINE = "+13125550100"
TICKET = UUID("019c0000-0000-7000-8000-000000000041")


def after(seconds: float) -> datetime:
    return NIGHT + timedelta(seconds=seconds)


def relay(**changes: Any) -> Message:  # noqa: ANN401 - any field of it
    """A level-1 text to Ana about a main break, due now."""
    return replace(
        Message(
            key="run/1/0/ana/sms",
            to=Recipient("contact", "ana-ruiz", "Ana Ruiz"),
            channel="sms",
            destination=ANA,
            purpose="relay",
            template="relay",
            context=SAMPLES["relay"].context,
            subject_id=TICKET,
            level=1,
            due_at=NIGHT,
            epoch=1,
            code=True,
        ),
        **changes,
    )


TO_DAN: dict[str, Any] = {
    "key": "run/1/0/dan/sms",
    "to": Recipient("contact", "dan-ortiz", "Dan Ortiz"),
    "destination": DAN,
}


@dataclass(slots=True)
class Ear:
    """A listener that remembers, and closes the fence when somebody accepts."""

    answers: list[tuple[str, str, str]] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    def answered(
        self,
        db: TenantSession,
        notification: Notification,
        answer: Answer,
        *,
        at: datetime,
    ) -> str:
        self.answers.append((answer.name, answer.kind, answer.via))
        if answer.kind == "accept" and notification.fence_id:
            notify.raise_fence(
                db, notification.fence_id, at=at, close=True, by=answer.name
            )
        return f"{answer.kind}: {notification.code}"

    def failed(
        self, db: TenantSession, notification: Notification, why: str, *, at: datetime
    ) -> None:
        self.failures.append((notification.recipient_name, why))


@dataclass(frozen=True, slots=True)
class Place:
    """One town as its workers see it: each step a transaction of its own."""

    database: Database
    tenant_id: UUID

    def promise(self, *messages: Message, fenced: bool = True) -> UUID:
        """Promise them in one group; return the group."""
        group = new_id()
        with town(self.database, self.tenant_id) as db:
            if fenced:
                notify.open_fence(db, group)
                messages = tuple(replace(each, group=group) for each in messages)
            notify.promise_all(db, messages, at=NIGHT)
        return group

    def accept(self, group: UUID, *, by: str = "Dan Ortiz", at: datetime) -> None:
        with town(self.database, self.tenant_id) as db:
            notify.raise_fence(db, group, at=at, close=True, by=by)

    def states(self) -> list[str]:
        with town(self.database, self.tenant_id) as db:
            statement = db.rows(Notification).order_by(Notification.id)
            return [each.state for each in db.session.scalars(statement)]

    def attempts(self) -> list[Attempt]:
        with town(self.database, self.tenant_id) as db:
            statement = db.rows(Attempt).order_by(Attempt.intended_at, Attempt.id)
            return list(db.session.scalars(statement))

    def hung_up(self) -> list[str]:
        """The numbers whose calls somebody's acceptance has ended."""
        with town(self.database, self.tenant_id) as db:
            ended = {each.attempt_id for each in db.session.scalars(db.rows(HangUp))}
        return [each.theirs for each in self.attempts() if each.id in ended]

    def log(self) -> list[str]:
        with town(self.database, self.tenant_id) as db:
            return [each.event for each in proof.timeline(db, TICKET)]


def bodies(parcels: list[Parcel]) -> list[str]:
    return [parcel.body for parcel in parcels]
