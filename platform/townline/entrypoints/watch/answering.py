"""The canary's telephone: a second number of ours that takes whatever it is asked to.

It knows nothing of tickets, as a crew's telephone does not: it reads the text, and
writes the code back to whoever sent it.
"""

from __future__ import annotations

import re

from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.status_codes import HTTP_200_OK

from notify.channels import twiml
from notify.web.callers import Callback, signed_by_twilio
from notify.web.inbox import inbox_of

ASKED = re.compile(r"Reply (\d{2,4}) to take it")


class CanaryController(Controller):
    path = "/hooks/canary"
    dependencies = {  # noqa: RUF012 - Litestar's
        "callback": Provide(signed_by_twilio),
        "inbox": Provide(inbox_of),
    }

    @post("/sms", sync_to_thread=False, status_code=HTTP_200_OK, media_type="text/xml")
    def answer(self, callback: NamedDependency[Callback]) -> str:
        asked = ASKED.search(callback.form.get("Body", ""))
        return twiml.write_back(asked[1] if asked else "")
