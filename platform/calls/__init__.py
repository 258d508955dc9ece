"""Calls to the towns' lines: who rings, who answers, and how each call ends.

``rules`` decides, ``answering`` and ``accounting`` keep the facts, ``connecting`` puts
a caller through to an agent, ``reception`` says what the exchange does next, and
``web`` is its door.
"""

from __future__ import annotations

from calls.accounting import forget_caller, wrap_up
from calls.answering import arrive, claim, connected, end, release
from calls.connecting import connect, take
from calls.errors import (
    AlreadyWrappedUp,
    CallAlreadyTaken,
    CallerHungUp,
    NoExtension,
    NotPutThrough,
)
from calls.models import Call
from calls.presence import agents_free
from calls.queries import (
    History,
    MissedCall,
    WaitingCall,
    earlier,
    get,
    missed,
    waiting,
)
from calls.rules.dispositions import BILLABLE, DISPOSITIONS, Disposition
from calls.rules.speech import answer_phrase
from calls.telephony import Exchange, RecordingExchange, Telephony
from calls.watching import TicketWatcher

__all__ = [
    "BILLABLE",
    "DISPOSITIONS",
    "AlreadyWrappedUp",
    "Call",
    "CallAlreadyTaken",
    "CallerHungUp",
    "Disposition",
    "Exchange",
    "History",
    "MissedCall",
    "NoExtension",
    "NotPutThrough",
    "RecordingExchange",
    "Telephony",
    "TicketWatcher",
    "WaitingCall",
    "agents_free",
    "answer_phrase",
    "arrive",
    "claim",
    "connect",
    "connected",
    "earlier",
    "end",
    "forget_caller",
    "get",
    "missed",
    "release",
    "take",
    "waiting",
    "wrap_up",
]
