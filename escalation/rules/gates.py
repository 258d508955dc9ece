"""What a policy lets wait: until the morning, or for the hour of the next digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from escalation.rules.effects import HeldFor
from escalation.rules.quiet import held
from escalation.rules.run import Run
from tenants.rules.opening import DAY
from tenants.town import Policy
from townline import localtime

# The one level of which nobody has to hear today.
INFORMATION = 5


def opens(policy: Policy, *, zone: str, level: int, at: datetime) -> datetime:
    """When what is due ``at`` may be said: then, or when its gate opens."""
    if is_digested(policy, level):
        at = next_digest(policy.digest, zone=zone, at=at)
    return held(policy.quiet, zone=zone, level=level, at=at)


def is_digested(policy: Policy, level: int) -> bool:
    return bool(policy.digest) and level == INFORMATION


def why_held(policy: Policy, run: Run, *, at: datetime) -> HeldFor:
    """Behind which gate the run's place waits ``at``; what is digested is merged
    even if its hour has just come.
    """
    if is_digested(policy, run.level):
        return "digest"
    return "quiet" if run.planned_at > at else ""


def next_digest(times: Sequence[time], *, zone: str, at: datetime) -> datetime:
    """The first of the wall times that is not past; a day that has none has its next.

    Of a wall time that occurs twice the first counts: nobody is told twice.
    """
    today = localtime.wall(at, zone).date()
    instants = (
        localtime.starts(datetime.combine(day, each), zone)
        for day in (today, today + DAY)
        for each in times
    )
    return min(instant for instant in instants if instant >= at)
