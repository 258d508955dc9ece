"""The telephone exchange: what it is told to say, and what it is asked to do.

``documents`` are what our webhooks answer; ``exchange`` asks for what no webhook is
there to answer, and with ``tokens`` is all here that knows whose exchange it is;
``wishes`` are the same in our own words, and hold the double.
"""

from __future__ import annotations

from calls.telephony.documents import (
    CHOICE_SECONDS,
    HOLD_SECONDS,
    VOICE,
    choosing,
    meeting,
    parting,
    queueing,
    returning,
)
from calls.telephony.exchange import (
    REST_SECONDS,
    RING_SECONDS,
    TRIES,
    Exchange,
)
from calls.telephony.wishes import (
    CallGone,
    ExchangeDown,
    Invite,
    PassOn,
    PutThrough,
    RecordingExchange,
    Room,
    Telephony,
)

__all__ = [
    "CHOICE_SECONDS",
    "HOLD_SECONDS",
    "REST_SECONDS",
    "RING_SECONDS",
    "TRIES",
    "VOICE",
    "CallGone",
    "Exchange",
    "ExchangeDown",
    "Invite",
    "PassOn",
    "PutThrough",
    "RecordingExchange",
    "Room",
    "Telephony",
    "choosing",
    "meeting",
    "parting",
    "queueing",
    "returning",
]
