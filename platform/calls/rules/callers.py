"""Who is ringing, as far as the telephone network tells."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
# Carriers spell the word on a keypad when a number is withheld (Twilio's list):
# ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE.
_SPELLED = frozenset(
    ("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253")
)


def known(caller: str) -> str | None:
    """The caller's number; None when it is withheld, or when it is no number."""
    caller = caller.strip()
    if caller in _SPELLED or not _NUMBER.fullmatch(caller):
        return None
    return caller
