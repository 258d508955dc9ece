"""How fast anything may go: buckets of tokens, and an appointment for what must wait.

A bucket fills at its rate up to its burst. Whoever finds a token goes; whoever does
not is told when to come back, and nothing is ever dropped. PostgreSQL does the sums of
``ask`` itself, for all buckets of a claim in one statement; a test holds the two to
the same results.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from notify.message import Channel

# Twilio, "Understanding Twilio rate limits and message queues": segments a second.
# What is faster is not refused but queued, first come first served, for up to ten
# hours (error 30001): an emergency would stand behind it, so that we keep the queue.
LONG_CODE, TOLL_FREE, SHORT_CODE, ABROAD = 1.0, 3.0, 100.0, 10.0
TOLL_FREE_CODES = frozenset({"800", "833", "844", "855", "866", "877", "888"})
LONGEST_SHORT_CODE = 6
# A Messaging Service spreads over its numbers; nobody but Twilio knows how many.
SERVICE = 100.0
# Common messages leave this much of every sender and account to emergencies, which
# ask neither: so no emergency waits for a lock, nor in a carrier's queue.
COMMON_PART = 0.8
# What may be handed over at once, in seconds of the rate: an emergency never has a
# longer queue of ours before it at the carrier.
BURST_SECONDS = 5.0
# No two workers' clocks are this far apart: what was asked further ahead was asked in
# another time, by a replay, and says nothing of this one.
ANOTHER_TIME = timedelta(seconds=60)
# A bucket that nobody has asked for so long is full, as one without a row.
REFILLED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """``rate`` is in tokens a second. With ``gather``, whatever finds the bucket empty
    waits this many seconds for others like it, and goes together with them."""

    rate: float
    burst: float
    gather: float = 0.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """A row as it was left: ``booked_until`` is the end of its last appointment."""

    level: float
    at: datetime
    booked_until: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """Of those who asked ``granted`` may go now; the bucket is as they leave it."""

    granted: int
    bucket: Bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What the carriers have granted the operator, a second.

    ``sender`` is for texts and is known by the kind of number where it is None.
    ``texts``, ``calls`` and ``letters`` are an account's, ``town`` what one town may
    say at most, so that a fault in its rules cannot spend everybody's.
    """

    sender: float | None = None
    # One message a second and number is common, a hundred an account.
    texts: float = 100.0
    # Twilio starts one call a second unless it is asked for more.
    calls: float = 1.0
    # SendGrid takes 10,000 a second, Postfix a hundred at a time.
    letters: float = 100.0
    town: float = 20.0

    def account(self, channel: Channel) -> float:
        return {"sms": self.texts, "voice": self.calls}.get(channel, self.letters)


USUAL = Rates()
# Where no carrier listens: rehearsals, replays, tests.
UNLIMITED = 1e6
NO_LIMITS = Rates(
    sender=UNLIMITED,
    texts=UNLIMITED,
    calls=UNLIMITED,
    letters=UNLIMITED,
    town=UNLIMITED,
)


def ask(limit: Limit, last: Bucket | None, *, wanted: int, at: datetime) -> Grant:
    """Take up to ``wanted`` tokens, and make appointments for the rest."""
    if last is None or last.at > at + ANOTHER_TIME:
        last = Bucket(limit.burst, at, at)
    full = filled(limit, last, at=at)
    granted = min(wanted, floor(full))
    booked = _booked(limit, last, missing=wanted - granted, granted=granted, at=at)
    return Grant(granted, Bucket(full - granted, max(at, last.at), booked))


def filled(limit: Limit, last: Bucket, *, at: datetime) -> float:
    """A clock that is behind another worker's takes nothing back."""
    elapsed = max(0.0, (at - last.at).total_seconds())
    return min(limit.burst, last.level + elapsed * limit.rate)


def appointments(limit: Limit, grant: Grant, *, missing: int) -> Iterator[datetime]:
    """When those who found no token come back: together, or one after the other."""
    last = grant.bucket.booked_until
    for after in reversed(range(missing)):
        yield last if limit.gather else last - timedelta(seconds=after / limit.rate)


def _booked(
    limit: Limit, last: Bucket, *, missing: int, granted: int, at: datetime
) -> datetime:
    if not limit.gather:
        begins = max(last.booked_until, at)
        return begins + timedelta(seconds=missing / limit.rate)
    # While one token is left, all who are here go with it.
    if granted or not missing or last.booked_until > at:
        return last.booked_until
    return at + timedelta(seconds=limit.gather)


def sender(ours: str, rates: Rates) -> Limit:
    """How fast one of our numbers, or a Messaging Service, may text."""
    return common(rates.sender or _granted(ours))


def common(rate: float) -> Limit:
    """The common messages' part of what a carrier grants."""
    ours = rate * COMMON_PART
    return Limit(ours, max(1.0, ours * BURST_SECONDS))


def _granted(ours: str) -> float:
    if ours.startswith("MG"):
        return SERVICE
    digits = ours.removeprefix("+")
    if len(digits) <= LONGEST_SHORT_CODE:
        return SHORT_CODE
    if not ours.startswith("+1"):
        return ABROAD
    return TOLL_FREE if digits[1:4] in TOLL_FREE_CODES else LONG_CODE
