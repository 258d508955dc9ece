"""Difficult callers: who may say so, for how long, and what is said to them.

A flag is shown, never obeyed: no call is ever turned away by it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, get_args

from townline import localtime

FlagKind = Literal["abusive", "threats", "frequent", "at_risk"]
Scope = Literal["town", "operator"]
Step = Literal["warn", "second_warn", "end"]
KINDS: tuple[FlagKind, ...] = get_args(FlagKind)
STEPS: tuple[Step, ...] = get_args(Step)

SUPERVISE = frozenset({"supervisor", "administrator"})

# An agent's own judgement holds until a supervisor has had time to look at it; a
# supervisor's until the year after, when it must be argued anew.
LONGEST_DAYS = {"agent": 30, "supervisor": 365, "administrator": 365}
# What most ombudsmen give a resident to object to such a decision.
APPEAL_DAYS = 30


def may_flag(role: str, *, scope: Scope, days: int) -> bool:
    """What holds in every town is for a supervisor to say."""
    if scope == "operator" and role not in SUPERVISE:
        return False
    return 1 <= days <= LONGEST_DAYS.get(role, 0)


def may_end(role: str, *, own: bool, scope: Scope) -> bool:
    """A supervisor may end any; an agent only what they themselves have set."""
    return role in SUPERVISE or (role == "agent" and own and scope == "town")


def expires(at: datetime, *, days: int, zone: str) -> datetime:
    """The end of the last day, as the town's clock has it: clock changes included."""
    last = localtime.wall(at, zone).date() + timedelta(days=days)
    return localtime.starts(_midnight(last), zone)


def appeal_by(at: datetime, *, zone: str) -> date:
    return localtime.wall(at, zone).date() + timedelta(days=APPEAL_DAYS)


def next_step(taken: int) -> Step | None:
    """After two warnings comes the end of the call, and after that nothing."""
    return STEPS[taken] if taken < len(STEPS) else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time
