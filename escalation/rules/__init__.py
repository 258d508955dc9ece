"""Who is told, when, and what their answers change: values in, values out.

``plan`` decides. What happens when nobody answers is in ``ladder``, what an answer
changes in ``answers``, what may wait in ``gates`` and ``quiet``, whom a step means in
``people``, and ``forecast`` asks ``plan`` what is going to happen.
"""

from __future__ import annotations

from escalation.rules.effects import (
    Alarm,
    Decision,
    DropTimer,
    Effect,
    Log,
    RaiseEpoch,
    Reply,
    SetTimer,
    Tell,
    Withdraw,
)
from escalation.rules.events import (
    Accepted,
    Closed,
    Declined,
    Event,
    LevelChanged,
    Moved,
    Paused,
    Resumed,
    RungFailed,
    Started,
    TimerFired,
)
from escalation.rules.people import Directory
from escalation.rules.plan import plan
from escalation.rules.run import ENDED, OPEN, Place, Run

__all__ = [
    "ENDED",
    "OPEN",
    "Accepted",
    "Alarm",
    "Closed",
    "Decision",
    "Declined",
    "Directory",
    "DropTimer",
    "Effect",
    "Event",
    "LevelChanged",
    "Log",
    "Moved",
    "Paused",
    "Place",
    "RaiseEpoch",
    "Reply",
    "Resumed",
    "Run",
    "RungFailed",
    "SetTimer",
    "Started",
    "Tell",
    "TimerFired",
    "Withdraw",
    "plan",
]
