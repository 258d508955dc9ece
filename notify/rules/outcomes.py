"""What follows from an answer, or from none: another try, another way, or the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

FailureKind = Literal[
    "retry",  # the same way, later
    "later",  # the same way, later, and another channel meanwhile
    "other_sender",  # at once, by another way if there is one
    "other_channel",
    "fix_contact",  # the destination itself is wrong: the town must act
    "opted_out",
    "stop",  # our sender may not send: the town's other ways, and operations
    "operations",  # our account may not: another provider, and operations
    "ambiguous",  # it may have been taken
]

# A worker that has not written its outcome by then hangs, or its host is gone.
LEASE = timedelta(seconds=30)
# A worker that comes to a claimed message later than this leaves it alone: the last
# answer then comes before the lease runs out, and the reconciling can trust the list.
SEND_WITHIN = timedelta(seconds=20)
# An answer to a send takes the carriers well under a second; past this it is unclear.
ANSWER_WITHIN = timedelta(seconds=5)
# The tries of one promise, the first included; after that the next rung must do.
MOST_TRIES = 4
# A lost text that is worth one repetition is repeated after the carrier's own tries.
REPEAT_LOST = timedelta(seconds=60)
# We ourselves may not send that way: only another can help.
STOPPED: frozenset[FailureKind] = frozenset({"stop", "operations"})
# Carriers list a message within a second or two of taking it.
SETTLES = {"sms": 15, "voice": 15, "email": 120}
FIRST_LOOK, NEXT_LOOK = timedelta(seconds=3), timedelta(seconds=4)
# Accepted, and not a word for a minute: ask. A final state comes within a day.
ASK_AFTER, ASK_AGAIN = timedelta(seconds=60), timedelta(minutes=10)
ASK_NO_MORE = timedelta(hours=24)
# A receipt for something we do not know yet waits this long to be joined.
JOIN_WITHIN = timedelta(hours=24)


def next_try(
    kind: FailureKind, tries: int, *, at: datetime, after: float | None = None
) -> datetime | None:
    """When to try again what was refused; None if that would help nobody.

    When the carrier asked for it, else 2, 8 and 32 seconds on; by another way at once.
    """
    if tries >= MOST_TRIES:
        return None
    if kind in STOPPED or (kind == "other_sender" and tries == 1):
        return at
    if kind in {"retry", "later", "other_sender"}:
        seconds = after if after is not None else 2.0 * 4 ** (tries - 1)
        return at + timedelta(seconds=seconds)
    return None


def repeat_lost(kind: FailureKind, tries: int, *, at: datetime) -> datetime | None:
    """A text that was taken and then lost is repeated once, by its receipt's class."""
    if kind in {"retry", "later"}:
        return at + REPEAT_LOST if tries == 1 else None
    return next_try(kind, tries, at=at)


def settled(channel: str, since: datetime, *, at: datetime) -> bool:
    """Whether a carrier that had taken it would be showing it by now."""
    return at >= since + timedelta(seconds=SETTLES[channel])


def ask_again(intended_at: datetime, *, at: datetime) -> datetime | None:
    return at + ASK_AGAIN if at < intended_at + ASK_NO_MORE else None
