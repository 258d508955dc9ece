"""Says one thing to one person, once, and knows what became of it.

``service`` promises, claims and records; ``rules`` decides; ``channels`` speaks to the
carriers, ``web`` listens to them; ``pump`` never stops sending.
"""

from __future__ import annotations

from notify import links
from notify.listeners import LISTENERS, STRANGERS, Listener, Stranger
from notify.message import Answer, Message, Recipient
from notify.models import Attempt, Fence, Notification
from notify.sending import send_due
from notify.service.answers import answer, press
from notify.service.claims import Desk
from notify.service.events import Report, receive
from notify.service.fences import cancel, open_fence, raise_fence, retire_codes
from notify.service.hearing import IncomingText, hear
from notify.service.promises import promise, promise_all

__all__ = [
    "LISTENERS",
    "STRANGERS",
    "Answer",
    "Attempt",
    "Desk",
    "Fence",
    "IncomingText",
    "Listener",
    "Message",
    "Notification",
    "Recipient",
    "Report",
    "Stranger",
    "answer",
    "cancel",
    "hear",
    "links",
    "open_fence",
    "press",
    "promise",
    "promise_all",
    "raise_fence",
    "receive",
    "retire_codes",
    "send_due",
]
