"""Texts: what people write to a town's number, and what became of ours."""

from __future__ import annotations

from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from notify.channels import twiml
from notify.rules import texts
from notify.service.hearing import IncomingText, hear
from notify.web.callers import Callback, signed_by_twilio
from notify.web.inbox import inbox_of


class TextController(Controller):
    path = "/hooks/twilio"
    dependencies = {  # noqa: RUF012 - Litestar's
        "callback": Provide(signed_by_twilio),
        "inbox": Provide(inbox_of),
    }

    @post("/sms", sync_to_thread=True, status_code=HTTP_200_OK, media_type="text/xml")
    def wrote(self, callback: NamedDependency[Callback]) -> str:
        incoming = IncomingText(
            ours=callback.form.get("To", ""),
            theirs=callback.form.get("From", ""),
            body=callback.form.get("Body", ""),
            opt_out_type=callback.form.get("OptOutType", ""),
        )
        said = callback.once(
            "text", lambda db: texts.fold(hear(db, incoming, at=callback.at))
        )
        return twiml.write_back(said)

    @post(
        "/message-status/{prefix:str}/{attempt_id:uuid}",
        status_code=HTTP_204_NO_CONTENT,
    )
    async def became(self, callback: NamedDependency[Callback]) -> None:
        await callback.keep("text_status")
