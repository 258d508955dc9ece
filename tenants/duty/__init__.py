"""What of rosters is not in the file: shifts that somebody is asked to take, and
addresses under which other calendars read who is on call.
"""

from __future__ import annotations

from tenants.duty.feeds import Calendar, Given, NoSuchFeed, feed_of, feeds, give, revoke
from tenants.duty.models import RosterFeed, RosterSwap
from tenants.duty.swaps import (
    Asked,
    Request,
    SwapOver,
    ask,
    settle,
    swap_of,
    waiting,
    withdraw,
)

__all__ = [
    "Asked",
    "Calendar",
    "Given",
    "NoSuchFeed",
    "Request",
    "RosterFeed",
    "RosterSwap",
    "SwapOver",
    "ask",
    "feed_of",
    "feeds",
    "give",
    "revoke",
    "settle",
    "swap_of",
    "waiting",
    "withdraw",
]
