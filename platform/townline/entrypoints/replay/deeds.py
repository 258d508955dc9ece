"""Carrying acts out: each through the verb that the real desk, hook or page calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy import text

import escalation
import notify
import surveys
import tickets
from notify import Answer, Attempt, IncomingText, Report
from surveys import AlreadyAnswered
from townline.entrypoints.replay.acts import (
    Act,
    Clicks,
    Closes,
    Later,
    Opens,
    Presses,
    Progresses,
    Reports,
    Responds,
    Texts,
)
from townline.entrypoints.replay.crew import Crew
from townline.proof import Actor
from townline.tenancy import TenantSession

HUNG_UP = text("""
select exists (select from hang_up
               where tenant_id = :town and attempt_id = :attempt
               and done_at is not null)
""")


@dataclass(frozen=True, slots=True)
class Deeds:
    """``secret`` is what the links in messages were signed with."""

    crew: Crew
    secret: str

    def do(self, db: TenantSession, act: Act, *, at: datetime) -> Iterator[Later]:
        """Do it, and say what the same people will do because of it."""
        match act:
            case Opens():
                yield from self._open(db, act, at=at)
            case Closes():
                self._close(db, act, at=at)
            case Reports():
                _report(db, act, at=at)
            case Progresses():
                by = Actor("crew", act.crew)
                tickets.mark(db, act.ticket_id, act.step, by=by, at=at)
            case Responds():
                with suppress(AlreadyAnswered):
                    surveys.answer(db, act.token, act.answers, at=at)
            case _:
                self._answer(db, act, at=at)
                # Whoever has accepted just now sets out for the place.
                yield from work(self.crew, db, act.ticket_id, since=at)

    def _open(self, db: TenantSession, act: Opens, *, at: datetime) -> Iterator[Later]:
        desk = Actor("agent", str(self.crew.plan.edition))
        ticket = tickets.open(db, act.asked.intake, at=at, by=desk)
        if act.asked.closes_at is not None:
            yield Later(act.asked.closes_at, Closes(act.asked, ticket.id))

    def _close(self, db: TenantSession, act: Closes, *, at: datetime) -> None:
        asked, by = act.asked, Actor("town", "records")
        category = self.crew.plan.town.category(asked.intake.category)
        if category.proof == "photo" and asked.reason == "done":
            tickets.add_photo(
                db, act.ticket_id, _picture(), audience="town", by=by, at=at
            )
        try:
            tickets.close(
                db, act.ticket_id, reason=asked.reason, note=asked.note, by=by, at=at
            )
        except tickets.NoteNeeded:
            # The town's own words told nothing; the desk asks, and writes a sentence.
            note = f"{asked.note or 'Closed'}: {category.name.in_('en')}."
            tickets.close(
                db, act.ticket_id, reason=asked.reason, note=note, by=by, at=at
            )

    def _answer(
        self, db: TenantSession, act: Texts | Presses | Clicks, *, at: datetime
    ) -> None:
        match act:
            case Texts():
                said = IncomingText(ours=act.ours, theirs=act.theirs, body=act.body)
                notify.hear(db, said, at=at)
            case Presses():
                _press(db, act, at=at)
            case Clicks():
                link = notify.links.read(db, act.token, secret=self.secret, at=at)
                name = link.notification.recipient_name
                answer = Answer(kind=act.kind, via="link", name=name)
                notify.answer(db, link.notification, answer, at=at)


def work(
    crew: Crew, db: TenantSession, ticket_id: UUID, *, since: datetime
) -> Iterator[Later]:
    """What those who hold the ticket do, if they took it at ``since`` or later."""
    standing = escalation.state_of(db, ticket_id)
    if standing is None or standing.state != "accepted":
        return
    key = tickets.get(db, ticket_id).client_key
    for holder in standing.holders:
        if holder.at >= since:
            yield from crew.work(
                key, ticket_id, level=standing.level, crew=holder.name, at=holder.at
            )


def _press(db: TenantSession, act: Presses, *, at: datetime) -> None:
    asked = {"town": db.tenant_id, "attempt": act.attempt_id}
    if not db.session.scalar(HUNG_UP, asked):
        notify.press(db, db.get(Attempt, act.attempt_id), act.digit, at=at)


def _report(db: TenantSession, act: Reports, *, at: datetime) -> None:
    """The same report again, after a replay was stopped, is the same event."""
    key = f"replay:{act.attempt_id}:{act.status}"
    match act.channel:
        case "voice":
            by = "machine_start" if act.by_machine else "human"
            payload = {"CallStatus": act.status, "AnsweredBy": by}
            report = Report(
                source="call_status",
                key=key,
                attempt_id=act.attempt_id,
                payload=payload,
            )
        case "email":
            report = Report(
                source="mail",
                key=key,
                attempt_id=act.attempt_id,
                payload={"event": act.status},
            )
        case _:
            payload = {"MessageStatus": act.status, "ErrorCode": act.error}
            report = Report(
                source="text_status",
                key=key,
                attempt_id=act.attempt_id,
                payload=payload,
            )
    notify.receive(db, report, at=at)


@lru_cache(maxsize=1)
def _picture() -> bytes:
    """A small grey photo, where a category wants to see the work."""
    file = BytesIO()
    Image.new("RGB", (16, 12), "grey").save(file, "JPEG")
    return file.getvalue()
