"""The carrier's own clock: it stands for another company's machines."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime


def now() -> datetime:
    # The product's clock may be moved by a test; a carrier's never follows it.
    return datetime.now(UTC)  # noqa: TID251


def rfc2822(at: datetime | None) -> str | None:
    return format_datetime(at) if at else None
