"""Who is told, in what order, until somebody human accepts.

What happens when nobody answers: ``rules/ladder.py``. ``rules`` decides and is pure;
``service`` has the verbs, ``sweep`` the clock's; ``deciding`` carries a decision out
in one transaction. ``foresight`` tells what will happen, ``queries`` how it stands.
Tickets and answers reach it through ``watching``, which entrypoints plug in.
"""

from __future__ import annotations

from escalation.comparing import Change, Comparison, compare
from escalation.drills import (
    Drill,
    DrillListener,
    TooManyDrills,
    Wanted,
    drill,
    how_it_came,
)
from escalation.foresight import (
    Line,
    Preview,
    Remark,
    ToRing,
    by_hand,
    happens_next,
    preview,
)
from escalation.levels import MayNotChangeLevel, change_level
from escalation.merging import GraverThanIt, HeldByACrew, hindered, merge
from escalation.nightly import holes, knowledge
from escalation.queries import (
    Holder,
    Standing,
    Unanswered,
    counts,
    holders,
    running,
    state_of,
)
from escalation.rules.authority import may_change_level
from escalation.service import (
    accept,
    close,
    decline,
    moved,
    pause,
    relevel,
    resume,
    rung_failed,
    start,
)
from escalation.simulation import Scenario, Timeline, simulate
from escalation.sweep import tick
from escalation.watching import RelayListener, TicketWatcher

__all__ = [
    "Change",
    "Comparison",
    "Drill",
    "DrillListener",
    "GraverThanIt",
    "HeldByACrew",
    "Holder",
    "Line",
    "MayNotChangeLevel",
    "Preview",
    "RelayListener",
    "Remark",
    "Scenario",
    "Standing",
    "TicketWatcher",
    "Timeline",
    "ToRing",
    "TooManyDrills",
    "Unanswered",
    "Wanted",
    "accept",
    "by_hand",
    "change_level",
    "close",
    "compare",
    "counts",
    "decline",
    "drill",
    "happens_next",
    "hindered",
    "holders",
    "holes",
    "how_it_came",
    "knowledge",
    "may_change_level",
    "merge",
    "moved",
    "pause",
    "preview",
    "relevel",
    "resume",
    "rung_failed",
    "running",
    "simulate",
    "start",
    "state_of",
    "tick",
]
