"""How long a call is one agent's, and what became of those that nobody took."""

from __future__ import annotations

from datetime import datetime, timedelta

# Twenty seconds of ringing at the agent's phone, twice the carrier's slowest answer,
# and a caller is not left alone for a minute.
CLAIM_LASTS = timedelta(seconds=45)
# Shorter waits are misdials; counted apart, they do not distort the rate (E17).
SHORT_WAIT = timedelta(seconds=10)


def stale_before(at: datetime) -> datetime:
    """A claim from before this, without a connection, is anybody's again."""
    return at - CLAIM_LASTS


def is_short(waited: timedelta) -> bool:
    return waited < SHORT_WAIT
