"""What the town's pages read that no capability reads for them: sets, never rows one
by one, so that a page asks as often for one ticket as for fifty."""

from __future__ import annotations

from portal.town.queries.days import (
    OpenOnes,
    Today,
    calls_by_clock,
    open_by_age,
    today,
)
from portal.town.queries.nights import (
    HourOfCalls,
    NightFigures,
    calls_by_hour,
    night_figures,
    night_tickets,
)
from portal.town.queries.promises import (
    PromiseCounts,
    open_promises,
    promise_counts,
)
from portal.town.queries.standings import Standing, standings, tickets_by_id

__all__ = [
    "HourOfCalls",
    "NightFigures",
    "OpenOnes",
    "PromiseCounts",
    "Standing",
    "Today",
    "calls_by_clock",
    "calls_by_hour",
    "night_figures",
    "night_tickets",
    "open_by_age",
    "open_promises",
    "promise_counts",
    "standings",
    "tickets_by_id",
    "today",
]
