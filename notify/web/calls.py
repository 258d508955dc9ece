"""Relay calls: what is said when somebody picks up, and the key they press.

The key is the one synchronous path: it is decided inside the request, and the answer
is spoken. A mailbox gets a short message, and is never taken for a person.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.status_codes import HTTP_200_OK

import tenants
from notify import phrases, rendering
from notify.channels import twilio_codes, twiml
from notify.models import Attempt, Notification
from notify.service.answers import closed_fence
from notify.web.callers import Callback, signed_by_twilio
from notify.web.inbox import inbox_of
from notify.web.patience import ON_THE_LINE, in_thread, in_time
from notify.web.turns import Turn
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

    @post(RELAY, status_code=HTTP_200_OK, media_type=XML)
    async def picked_up(self, callback: NamedDependency[Callback]) -> str:
        """If this cannot be kept, the call's own status tells the same."""
        await in_time(callback.keep("call_status"), ON_THE_LINE.keeping)
        by = callback.query.get("by") or callback.form.get("AnsweredBy", "")
        saying = in_thread(partial(_say, callback, answered_by=by))
        said = await in_time(saying, ON_THE_LINE.deciding)
        return said or Turn.of(callback).again(by=by)

    @post(f"{RELAY}/key", status_code=HTTP_200_OK, media_type=XML)
    async def pressed(self, callback: NamedDependency[Callback]) -> str:
        turn = Turn.of(callback)
        spoken = await turn.pressed("key")
        if spoken is None:
            return turn.again()
        if not spoken:
            page = callback.path.removesuffix("/key")
            return twiml.lead_to(page, language=turn.language)
        return twiml.tell(spoken, language=turn.language)


def _say(callback: Callback, *, answered_by: str) -> str:
    with callback.town() as db:
        if callback.attempt_id is None:
            raise NotFound
        attempt = db.get(Attempt, callback.attempt_id)
        notification = db.get(Notification, attempt.notification_id)
        if twilio_codes.is_machine(answered_by):
            return _voicemail(db, notification)
        return _ask(db, notification, attempt.body, page=callback.path)


def _ask(
    db: TenantSession, notification: Notification, words: str, *, page: str
) -> str:
    language = notification.language
    with speaking(language):
        if notification.purpose == "notice":
            # Nothing is asked; whoever picked up is told, and that is all.
            return twiml.tell(words, language=language)
        if fence := closed_fence(db, notification):
            taken = phrases.taken_on_the_phone(by=fence.closed_by)
            return twiml.tell(taken, language=language)
        return twiml.ask(
            words,
            language=language,
            action=f"{page}/key?language={language}",
            otherwise=phrases.nothing_pressed(),
        )


def _voicemail(db: TenantSession, notification: Notification) -> str:
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
