"""Calls that the desk owes: a list of numbers, each on it once, until somebody rang.

``listing`` puts a number on it, ``placing`` keeps a place in line, ``working`` takes
it off again, and ``queries`` shows it.
"""

from __future__ import annotations

from calls.returning.errors import CallBackDone, CallBackTaken, NobodyToRing
from calls.returning.listing import (
    Message,
    keep_message,
    miss,
    transcribe,
    want,
    want_at,
)
from calls.returning.models import CallBack, Result, Voicemail
from calls.returning.placing import hold_entry_of, in_line, over, wanted
from calls.returning.queries import LeftMessage, OwedCall, owed, withheld
from calls.returning.working import (
    SAID,
    Said,
    forget,
    hold,
    let_go,
    record,
    settle,
    unhold,
    unwant,
)

__all__ = [
    "SAID",
    "CallBack",
    "CallBackDone",
    "CallBackTaken",
    "LeftMessage",
    "Message",
    "NobodyToRing",
    "OwedCall",
    "Result",
    "Said",
    "Voicemail",
    "forget",
    "hold",
    "hold_entry_of",
    "in_line",
    "keep_message",
    "let_go",
    "miss",
    "over",
    "owed",
    "record",
    "settle",
    "transcribe",
    "unhold",
    "unwant",
    "want",
    "want_at",
    "wanted",
    "withheld",
]
