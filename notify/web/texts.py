"""Texts: what people write to a town's number."""

from __future__ import annotations

from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.status_codes import HTTP_200_OK

from notify.channels import twiml
from notify.web.callers import Callback, signed_by_twilio
from notify.web.inbox import inbox_of
from notify.web.patience import IN_WRITING


class TextController(Controller):
    path = "/hooks/twilio"
    dependencies = {  # noqa: RUF012 - Litestar's
        "callback": Provide(signed_by_twilio),
        "inbox": Provide(inbox_of),
    }

    @post("/sms", status_code=HTTP_200_OK, media_type="text/xml")
    async def wrote(self, callback: NamedDependency[Callback]) -> str:
        """What cannot be decided soon is answered by a text of its own, by a worker."""
        said = await callback.settle(callback.report("text"), IN_WRITING)
        return twiml.write_back(said or "")
