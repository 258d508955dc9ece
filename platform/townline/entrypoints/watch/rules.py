"""When something found is an alarm, and when the heartbeat must fall silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

# Three passes of the auditor missed in a row: nobody is watching.
UNWATCHED = timedelta(seconds=90)
# How late the oldest may be, in seconds. The sweep looks each second, and emergencies
# have a lane of their own; a storm of common messages may take a quarter of an hour.
BOUNDS = {
    "townline_timer_lag_seconds": 30.0,
    "townline_message_lag_seconds:emergency": 60.0,
    "townline_message_lag_seconds:common": 900.0,
    "townline_canary_late": 0.0,
    "townline_canary_overdue_seconds": 0.0,
}


# A text takes seconds to a telephone and back; who is not back by then is late.
FLIES_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one check came upon, and how much of it was put right at once."""

    number: int = 0
    mended: int = 0
    grave: bool = True
    failed: bool = False

    @property
    def is_alarm(self) -> bool:
        """What was mended should not have happened either: people must look."""
        return self.failed or (self.grave and self.number > 0)

    @property
    def stays(self) -> bool:
        return self.failed or (self.grave and self.number > self.mended)

    def told(self) -> dict[str, int | bool]:
        return asdict(self)


def silences(
    *,
    passed_at: datetime | None,
    found: Mapping[str, Found],
    figures: Mapping[str, float],
    at: datetime,
) -> Iterator[str]:
    """Why the heartbeat may not be sent; nothing while all is well."""
    if passed_at is None or at - passed_at > UNWATCHED:
        yield "auditor"
    yield from (name for name, each in found.items() if each.stays)
    yield from (name for name, most in BOUNDS.items() if figures.get(name, 0.0) > most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The canary's last ticket, and when its telephone answered."""

    ticket_id: UUID
    opened_at: datetime
    answered_at: datetime | None
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """What is to be done now; ``seconds`` are from the ticket to the answer."""

    begins: bool = False
    over: bool = False
    late: bool = False
    seconds: float = 0.0


def flight(last: Last | None, *, every: timedelta, at: datetime) -> Flight:
    """One flight at a time; the next begins ``every`` after the last one did."""
    if last is None:
        return Flight(begins=True)
    if last.closed:
        return Flight(begins=at - last.opened_at >= every)
    took = (last.answered_at or at) - last.opened_at
    late = took > FLIES_WITHIN
    over = late or last.answered_at is not None
    return Flight(over=over, late=late, seconds=took.total_seconds())
