"""What the carriers' codes mean for what we do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notify.rules.outcomes import FailureKind

# https://www.twilio.com/docs/api/errors; a code that is not here asks for another
# channel, because saying the same thing the same way again may never help.
TWILIO: Final[Mapping[str, FailureKind]] = {
    "unreachable": "other_sender",
    "429": "retry",
    "20003": "operations",  # our credentials
    "20429": "retry",
    "21210": "stop",  # the number we call from is not ours
    "21211": "fix_contact",  # not a number
    "21212": "stop",  # our own number is none
    "21217": "fix_contact",
    "21219": "operations",  # a trial account
    "21408": "fix_contact",  # a country that we may not text to
    "21606": "stop",  # the number we text from is not ours
    "21610": "opted_out",
    "21611": "other_sender",  # the queue of our number is full
    "21614": "other_channel",  # a landline, or not textable
    "21701": "stop",  # the Messaging Service does not exist
    "21703": "stop",  # nor has it a number to send from
    "30001": "other_sender",  # the queue is full
    "30002": "operations",  # our account is suspended
    "30003": "later",  # the handset is off: ring it now, text it later
    "30004": "other_channel",  # blocked
    "30005": "fix_contact",  # nobody has this number
    "30006": "other_channel",  # a landline
    "30007": "other_channel",  # filtered: repeating it makes it worse
    "30008": "retry",  # unknown, once more
    "30034": "stop",  # our number is not registered
}
# SendGrid's answers and events, and what a mail server answers: RFC 5321, 4.2.3.
MAIL: Final[Mapping[str, FailureKind]] = {
    "unreachable": "other_sender",
    "401": "operations",
    "403": "stop",  # the mailbox we write from is not allowed to
    "421": "other_sender",  # the server is going down
    "429": "retry",
    "450": "retry",
    "451": "retry",
    "452": "retry",
    "454": "other_sender",  # it cannot check our password now
    "530": "operations",
    "534": "operations",
    "535": "operations",  # our password
    "550": "fix_contact",
    "551": "fix_contact",
    "553": "fix_contact",
    "unsubscribed": "opted_out",
    "spamreport": "opted_out",
    "bounce": "fix_contact",
}


def kind_of(channel: str, code: str) -> FailureKind:
    table = MAIL if channel == "email" else TWILIO
    return table.get(code, "other_channel")
