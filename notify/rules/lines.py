"""What kind of line a number is, and for how long we believe it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Twilio's line types; what is not named here may be able to take a text.
# https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence
NEVER_TEXTED: Final = frozenset({"landline"})
# Numbers are ported between carriers, seldom between kinds of line.
BELIEVED: Final = timedelta(days=90)
# What nobody knows today somebody may know tomorrow.
UNKNOWN_FOR: Final = timedelta(days=1)
# After a fault of the register; texts go meanwhile as if the number were a mobile.
ASK_AGAIN: Final = timedelta(minutes=10)


def takes_texts(line_type: str) -> bool:
    """A number that nobody has looked up is given the benefit of the doubt."""
    return line_type not in NEVER_TEXTED


def look_again(line_type: str, *, at: datetime) -> datetime:
    """When what was found out ought to be found out anew."""
    known = line_type not in {"", "unknown", "invalid"}
    return at + (BELIEVED if known else UNKNOWN_FOR)
