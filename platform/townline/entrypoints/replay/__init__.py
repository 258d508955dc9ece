"""A town's real requests once more, on a clock of their own, through the same verbs.

``rows`` and the formats read a file; ``planning`` makes intakes of it. ``course`` runs
the clock: from ``acts`` (people) to ``duties`` (what the product owes by then).
``crew`` and ``residents`` say what people do, by lot; ``memory`` takes up a replay that
was stopped. ``summary`` counts what came of it, ``invariants`` what must never be.
"""

from __future__ import annotations

from townline.entrypoints.replay.course import Course, Progress, replay
from townline.entrypoints.replay.formats import FORMATS
from townline.entrypoints.replay.invariants import broken
from townline.entrypoints.replay.planning import Plan, plan
from townline.entrypoints.replay.stage import Elsewhere, Stage, stage
from townline.entrypoints.replay.summary import Summary, summarise

__all__ = [
    "FORMATS",
    "Course",
    "Elsewhere",
    "Plan",
    "Progress",
    "Stage",
    "Summary",
    "broken",
    "plan",
    "replay",
    "stage",
    "summarise",
]
