"""How another telephone system proves itself, and that it speaks now."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

# Clocks of telephone systems are set by hand; older than this, it may be a repetition.
WINDOW = timedelta(minutes=5)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, sha256).hexdigest()


def is_genuine(
    secret: str, headers: Mapping[str, str], body: bytes, *, at: datetime
) -> bool:
    """Whether it was signed with this secret, and not longer ago than the window."""
    timestamp = headers.get("x-townline-timestamp", "")
    given = headers.get("x-townline-signature", "")
    if not is_recent(timestamp, at=at):
        return False
    return hmac.compare_digest(
        given.encode(), signature(secret, timestamp, body).encode()
    )


def is_recent(timestamp: str, *, at: datetime) -> bool:
    # Ten digits are seconds until the year 2286; more could be no time at all.
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 10:
        return False
    said = datetime.fromtimestamp(int(timestamp), UTC)
    return abs(at - said) <= WINDOW
