"""Says one thing to one person, once, and knows what became of it.

``service`` promises, claims and records; ``rules`` decides; ``channels`` speaks to the
carriers, ``web`` listens to them; ``pump`` never stops sending.
"""

from __future__ import annotations

from notify import links
from notify.dials import Dial
from notify.listeners import LISTENERS, STRANGERS, Listener, Stranger
from notify.message import Answer, Message, Recipient
from notify.models import Attempt, Fence, Notification
from notify.own_words import said_back
from notify.rehearsing import Rehearsed, rehearse
from notify.rules.dialling import CALL_BACK_AT_MOST, DialResult, Reported
from notify.rules.throttles import NO_LIMITS
from notify.sending import send_due
from notify.service.aligning import align_fence
from notify.service.answers import answer, press
from notify.service.asking import Asked, asked, was_asked
from notify.service.buckets import forget as forget_throttles
from notify.service.claims import Desk
from notify.service.dialboard import (
    ToDial,
    dial_tasks,
    dials_of,
    script_of,
    to_be_dialled,
    to_dial,
)
from notify.service.dialling import DialTaken, record_dial, release_dial, take_dial
from notify.service.events import Report, receive
from notify.service.fences import cancel, open_fence, raise_fence, retire_codes
from notify.service.hearing import IncomingText, hear
from notify.service.lines import foresee as foresee_lines
from notify.service.liveness import last_heard, opted_out
from notify.service.promises import promise, promise_all
from notify.service.wayboard import ShutWay, shut_ways
from notify.sharing import Carried

__all__ = [
    "CALL_BACK_AT_MOST",
    "LISTENERS",
    "NO_LIMITS",
    "STRANGERS",
    "Answer",
    "Asked",
    "Attempt",
    "Carried",
    "Desk",
    "Dial",
    "DialResult",
    "DialTaken",
    "Fence",
    "IncomingText",
    "Listener",
    "Message",
    "Notification",
    "Recipient",
    "Rehearsed",
    "Report",
    "Reported",
    "ShutWay",
    "Stranger",
    "ToDial",
    "align_fence",
    "answer",
    "asked",
    "cancel",
    "dial_tasks",
    "dials_of",
    "foresee_lines",
    "forget_throttles",
    "hear",
    "last_heard",
    "links",
    "open_fence",
    "opted_out",
    "press",
    "promise",
    "promise_all",
    "raise_fence",
    "receive",
    "record_dial",
    "rehearse",
    "release_dial",
    "retire_codes",
    "said_back",
    "script_of",
    "send_due",
    "shut_ways",
    "take_dial",
    "to_be_dialled",
    "to_dial",
    "was_asked",
]
