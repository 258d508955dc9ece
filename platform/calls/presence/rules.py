"""What an agent's state is, and when somebody who does not answer has gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, get_args

# Set by hand, with F8.
Chosen = Literal["ready", "break", "away", "signed_out"]
# The other two follow the calls.
State = Literal["ready", "on_call", "wrap_up", "break", "away", "signed_out"]
CHOICES: tuple[Chosen, ...] = ("ready", "break", "away")
STATES: tuple[State, ...] = get_args(State)
# At work, whatever the work: what occupancy is measured against.
STAFFED: tuple[State, ...] = ("ready", "on_call", "wrap_up")
BUSY: tuple[State, ...] = ("on_call", "wrap_up")
# Pages answer every pulse of the live stream, which beats four times in this time:
# a page that is being changed for another misses one, a laptop that is shut all.
GONE_AFTER = timedelta(seconds=60)


def gone_before(at: datetime) -> datetime:
    """Who has not been seen since this is away, and takes no call."""
    return at - GONE_AFTER


def first_choice(*, supervises: bool) -> Chosen:
    """Agents come to answer; a supervisor comes to look, and says so to answer."""
    return "away" if supervises else "ready"


def after_a_call(chosen: Chosen) -> State:
    """Where an agent goes back to; nobody signs out by ending a call."""
    return "away" if chosen == "signed_out" else chosen


def works(chosen: Chosen) -> Chosen:
    """Whoever takes a call is at work, even if they said otherwise before."""
    return "ready" if chosen in {"break", "signed_out"} else chosen
