"""What somebody asked to be reminded of, for themselves or for the whole desk.

``rules`` says when, ``service`` sets and settles, ``queries`` finds what is due.
"""

from __future__ import annotations

from calls.minders.models import About, Minder
from calls.minders.queries import (
    for_the_desk,
    late_towns,
    open_minders,
    overdue,
)
from calls.minders.rules import OVERDUE_AFTER, next_time
from calls.minders.service import (
    MinderDone,
    NothingToRemember,
    Wish,
    done,
    hand_over,
    mark_overdue,
    remind,
    snooze,
)

__all__ = [
    "OVERDUE_AFTER",
    "About",
    "Minder",
    "MinderDone",
    "NothingToRemember",
    "Wish",
    "done",
    "for_the_desk",
    "hand_over",
    "late_towns",
    "mark_overdue",
    "next_time",
    "open_minders",
    "overdue",
    "remind",
    "snooze",
]
