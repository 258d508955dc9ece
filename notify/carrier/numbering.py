"""Telephone numbers: which are possible, and how they are written."""

from __future__ import annotations

import re

E164 = re.compile(r"^\+[1-9]\d{6,14}$")
NORTH_AMERICAN = re.compile(r"^\+1([2-9]\d{2})([2-9]\d{2})(\d{4})$")

# fmt: off
CANADIAN_AREA_CODES = frozenset({
    "204", "226", "236", "249", "250", "257", "263", "289", "306", "343",
    "354", "365", "367", "368", "382", "403", "416", "418", "428", "431",
    "437", "438", "450", "460", "468", "474", "506", "514", "519", "548",
    "579", "581", "584", "587", "604", "613", "639", "647", "672", "683",
    "705", "709", "742", "753", "778", "780", "782", "807", "819", "825",
    "867", "873", "879", "902", "905", "942",
})
# fmt: on


# Rung as they are, and never sent a text.
EMERGENCY = frozenset({"911", "933", "112"})


def can_ring(to: str) -> bool:
    """Whether a call may go there: a number, a browser, a SIP telephone, 911."""
    return to.startswith(("client:", "sip:")) or to in EMERGENCY or is_possible(to)


def is_possible(number: str) -> bool:
    if number.startswith("+1"):
        return NORTH_AMERICAN.match(number) is not None
    return E164.match(number) is not None


def national(number: str) -> str:
    """Write a North American number as people read it: (312) 555-0142."""
    parts = NORTH_AMERICAN.match(number)
    return "({}) {}-{}".format(*parts.groups()) if parts else number


def country(number: str) -> str:
    parts = NORTH_AMERICAN.match(number)
    if parts is None:
        return ""
    return "CA" if parts.group(1) in CANADIAN_AREA_CODES else "US"
