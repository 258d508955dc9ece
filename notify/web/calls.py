"""Relay calls: what is said when somebody picks up, and the key they press.

The key is the one synchronous path: it is decided inside the request, and the answer
is spoken. A mailbox gets a short message, and is never taken for a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

import tenants
from notify import phrases, rendering
from notify.channels import twilio_codes, twiml
from notify.models import Attempt, Notification
from notify.service import events
from notify.service.answers import closed_fence, press
from notify.web.callers import Callback, signed_by_twilio
from notify.web.inbox import inbox_of
from townline.errors import NotFound
from townline.i18n import speaking
from townline.tenancy import TenantSession

RELAY = "/relay/{prefix:str}/{attempt_id:uuid}"
XML = "text/xml"


class RelayCallController(Controller):
    path = "/hooks/twilio"
    dependencies = {  # noqa: RUF012 - Litestar's
        "callback": Provide(signed_by_twilio),
        "inbox": Provide(inbox_of),
    }

    @post(RELAY, sync_to_thread=True, status_code=HTTP_200_OK, media_type=XML)
    def picked_up(self, callback: NamedDependency[Callback]) -> str:
        with callback.town() as db:
            attempt = _attempt(db, callback)
            events.receive(db, callback.report("call_status"), at=callback.at)
            if twilio_codes.is_machine(callback.form.get("AnsweredBy", "")):
                return _voicemail(db, attempt)
            return _ask(db, attempt, callback.path)

    @post(f"{RELAY}/key", sync_to_thread=True, status_code=HTTP_200_OK, media_type=XML)
    def pressed(self, callback: NamedDependency[Callback]) -> str:
        return callback.once("key", lambda db: _pressed(db, callback, at=callback.at))

    @post(
        "/call-status/{prefix:str}/{attempt_id:uuid}",
        status_code=HTTP_204_NO_CONTENT,
    )
    async def became(self, callback: NamedDependency[Callback]) -> None:
        await callback.keep("call_status")


def _ask(db: TenantSession, attempt: Attempt, page: str) -> str:
    notification = db.get(Notification, attempt.notification_id)
    language = notification.language
    with speaking(language):
        if fence := closed_fence(db, notification):
            taken = phrases.taken_on_the_phone(by=fence.closed_by)
            return twiml.tell(taken, language=language)
        return twiml.ask(
            attempt.body,
            language=language,
            action=f"{page}/key",
            otherwise=phrases.nothing_pressed(),
        )


def _pressed(db: TenantSession, callback: Callback, *, at: datetime) -> str:
    attempt = _attempt(db, callback)
    spoken = press(db, attempt, callback.form.get("Digits", ""), at=at)
    if spoken is None:
        return _ask(db, attempt, callback.path.removesuffix("/key"))
    language = db.get(Notification, attempt.notification_id).language
    return twiml.tell(spoken, language=language)


def _attempt(db: TenantSession, callback: Callback) -> Attempt:
    if callback.attempt_id is None:
        raise NotFound
    return db.get(Attempt, callback.attempt_id)


def _voicemail(db: TenantSession, attempt: Attempt) -> str:
    notification = db.get(Notification, attempt.notification_id)
    head = rendering.letterhead(
        tenants.current(db).town,
        language=notification.language,
        level=notification.level,
        public_url="",
    )
    head = replace(head, code=notification.code or "")
    template = f"{notification.template}/voicemail.txt"
    words = rendering.render(template, notification.context, head)
    return twiml.tell(" ".join(words.split()), language=notification.language)
