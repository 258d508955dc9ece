"""What a town knows is going on: said to every caller whom it concerns.

``rules`` decides whom it concerns and when so many call that the desk should say it
first; ``making`` and ``calling`` act, ``queries`` reads.
"""

from __future__ import annotations

from tickets.events.calling import end, join_event
from tickets.events.errors import (
    AreaUnclear,
    EndingNeeded,
    EndsBeforeItStarts,
    EventOver,
    SentenceNeeded,
    TitleNeeded,
)
from tickets.events.making import EventTerms, change, make, terms_of_ticket
from tickets.events.models import EventCaller, KnownEvent
from tickets.events.queries import (
    REMEMBERED,
    Concerned,
    callers,
    concerning,
    get,
    going_on,
    lately,
    loud_towns,
    of_ticket,
    on_the_board,
    proposals,
)
from tickets.events.rules.bursts import Burst

__all__ = [
    "REMEMBERED",
    "AreaUnclear",
    "Burst",
    "Concerned",
    "EndingNeeded",
    "EndsBeforeItStarts",
    "EventCaller",
    "EventOver",
    "EventTerms",
    "KnownEvent",
    "SentenceNeeded",
    "TitleNeeded",
    "callers",
    "change",
    "concerning",
    "end",
    "get",
    "going_on",
    "join_event",
    "lately",
    "loud_towns",
    "make",
    "of_ticket",
    "on_the_board",
    "proposals",
    "terms_of_ticket",
]
