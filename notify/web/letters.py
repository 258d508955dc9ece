"""Letters: what became of ours, and what people answer to them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException
from litestar.params import RawBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from notify import links
from notify.channels import signatures
from notify.links import NoSuchLink
from notify.rules import letters
from notify.rules.letters import IncomingLetter
from notify.service import deciding, limits
from notify.service.events import Report
from notify.web import quarantine
from notify.web.callers import AnyRequest, Forged
from notify.web.inbox import Inbox, inbox_of
from notify.web.patience import AWAY, IN_WRITING, in_thread
from townline.clock import Clock
from townline.db import Database
from townline.errors import NotFound, Problem
from townline.logs import logger
from townline.settings import Settings
from townline.tenancy import town

log = logger("notify.letters")
SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
# SendGrid hands on letters of up to 30 MB, attachments and all.
LARGEST_LETTER = 32_000_000
# The database is away: a letter that was answered with 200 is not sent again.
AGAIN_AFTER, MOST_TRIES = 5.0, 720


class LetterController(Controller):
    path = "/hooks/sendgrid"
    dependencies = {"inbox": Provide(inbox_of)}  # noqa: RUF012 - Litestar's

    @post("/events", status_code=HTTP_204_NO_CONTENT)
    async def became(
        self,
        request: AnyRequest,
        body: RawBody,
        inbox: NamedDependency[Inbox],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> None:
        if not signatures.from_sendgrid(
            body,
            signature=request.headers.get(SIGNATURE, ""),
            timestamp=request.headers.get(TIMESTAMP, ""),
            public_keys=settings.sendgrid.webhook_keys,
        ):
            raise Forged
        at = clock()
        await asyncio.gather(
            *(_keep(inbox, prefix, report, at=at) for prefix, report in _reports(body))
        )

    @post("/inbound", status_code=HTTP_200_OK, request_max_body_size=LARGEST_LETTER)
    async def answered(
        self,
        request: AnyRequest,
        inbox: NamedDependency[Inbox],
        engine: NamedDependency[Database],
        settings: NamedDependency[Settings],
        clock: NamedDependency[Clock],
    ) -> None:
        """Always 200: SendGrid would repeat for days what we cannot use."""
        try:
            body = await request.body()
        except HTTPException:
            quarantine.note("letter", "too_large")
            return
        content_type = request.headers.get("content-type", "")
        told = await in_thread(partial(letters.fields, body, content_type))
        letter = letters.read(told)
        if letter is None:
            quarantine.note("letter", "no_address" if told else "unreadable")
            return
        kept = letters.worth_keeping(told)
        post_room = _PostRoom(inbox, engine, settings.secret, letter, kept)
        taking = asyncio.ensure_future(post_room.take(at=clock()))
        taking.add_done_callback(_taken)
        await asyncio.wait([taking], timeout=IN_WRITING.keeping)


class _Event(msgspec.Struct):
    """What one event must have to be ours; SendGrid's events have many more fields."""

    event: str
    sg_event_id: str
    town: str = ""
    attempt: str = ""
    sg_message_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _PostRoom:
    """Keeps one letter, and decides it or sets it aside."""

    inbox: Inbox
    engine: Database
    secret: str
    letter: IncomingLetter
    kept: dict[str, str]

    async def take(self, *, at: datetime) -> None:
        """It goes on by itself when SendGrid has been answered already."""
        for _ in range(MOST_TRIES):
            with suppress(*AWAY):
                await self._take(at=at)
                return
            await asyncio.sleep(AGAIN_AFTER)

    async def _take(self, *, at: datetime) -> None:
        try:
            tenant_id = await self.inbox.town_called(self.letter.prefix)
        except NotFound:
            quarantine.note("letter", "no_town")
            return
        asked = await in_thread(partial(self._asked, tenant_id, at))
        line = self.letter.line.replace("\0", "")
        report = Report(
            source="letter",
            key=f"letter:{self.letter.mark}",
            attempt_id=None,
            payload={**self.kept, "line": line, "notification": asked},
        )
        await self.inbox.keep(tenant_id, report, at=at)
        await in_thread(partial(self._settle, tenant_id, report.key, at))

    def _asked(self, tenant_id: UUID, at: datetime) -> str:
        """What it answers, if the address it was written to is still good."""
        with suppress(NoSuchLink), town(self.engine, tenant_id) as db:
            link = links.read(db, self.letter.token, secret=self.secret, at=at)
            return str(link.notification.id)
        return ""

    def _settle(self, tenant_id: UUID, key: str, at: datetime) -> None:
        why: str | None = self.letter.unusable
        if why is None:
            try:
                with town(self.engine, tenant_id) as db:
                    limits.be_brisk(db)
                    deciding.settle(db, key, at=at)
            except Problem as refusal:
                why = type(refusal).__name__
        if why is not None:
            quarantine.note("letter", why, kept=key)
            with town(self.engine, tenant_id) as db:
                deciding.set_aside(db, key, why, at=at)


def _taken(taking: asyncio.Future[None]) -> None:
    """Even a fault of our own is none of SendGrid's business."""
    if not taking.cancelled() and (fault := taking.exception()):
        quarantine.note("letter", type(fault).__name__)
        log.error("mail.failed", exc_info=fault)


async def _keep(inbox: Inbox, prefix: str, report: Report, *, at: datetime) -> None:
    """What is not ours is not refused: SendGrid would repeat all the rest."""
    with suppress(NotFound):
        await inbox.keep(await inbox.town_called(prefix), report, at=at)


def _reports(body: bytes) -> Iterator[tuple[str, Report]]:
    """One event that cannot be read takes no other with it."""
    for each in _raw_events(body):
        try:
            event = msgspec.json.decode(each, type=_Event)
        except msgspec.DecodeError:
            quarantine.note("event", "unreadable")
            continue
        with suppress(ValueError):
            report = Report(
                source="mail",
                key=event.sg_event_id,
                attempt_id=UUID(event.attempt),
                payload=msgspec.to_builtins(event),
            )
            yield event.town, report


def _raw_events(body: bytes) -> list[msgspec.Raw]:
    try:
        return msgspec.json.decode(body, type=list[msgspec.Raw])
    except msgspec.DecodeError:
        quarantine.note("event", "unreadable")
        return []
