"""What the carriers' codes mean for what we do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notify.rules.outcomes import FailureKind

# https://www.twilio.com/docs/api/errors; a code that is not here asks for another
# channel, because saying the same thing the same way again may never help.
TWILIO: Final[Mapping[str, FailureKind]] = {
    "20003": "stop",  # our credentials
    "20429": "retry",
    "21210": "stop",  # the number we call from is not ours
    "21211": "fix_contact",  # not a number
    "21217": "fix_contact",
    "21219": "stop",  # a trial account
    "21408": "stop",  # we may not text to that country
    "21606": "stop",  # the number we text from is not ours
    "21610": "opted_out",
    "21611": "retry",  # the queue of our number is full
    "21614": "other_channel",  # a landline, or not textable
    "30001": "retry",  # the queue is full
    "30002": "stop",  # our account is suspended
    "30003": "other_channel",  # the handset is off: ring it now
    "30004": "other_channel",  # blocked
    "30005": "fix_contact",  # nobody has this number
    "30006": "other_channel",  # a landline
    "30007": "other_channel",  # filtered: repeating it makes it worse
    "30008": "retry",  # unknown, once more
    "30034": "stop",  # our number is not registered
}
MAIL: Final[Mapping[str, FailureKind]] = {
    "401": "stop",
    "403": "stop",
    "429": "retry",
    "unsubscribed": "opted_out",
    "spamreport": "opted_out",
    "bounce": "fix_contact",
}


def kind_of(channel: str, code: str) -> FailureKind:
    table = MAIL if channel == "email" else TWILIO
    return table.get(code, "other_channel")
