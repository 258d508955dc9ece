"""Says one thing to one person, once, and knows what became of it."""

from __future__ import annotations

from notify.listeners import LISTENERS, STRANGERS, Listener, Stranger
from notify.message import Answer, Message, Recipient
from notify.models import Attempt, Fence, Notification

__all__ = [
    "LISTENERS",
    "STRANGERS",
    "Answer",
    "Attempt",
    "Fence",
    "Listener",
    "Message",
    "Notification",
    "Recipient",
    "Stranger",
]
