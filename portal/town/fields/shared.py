"""Words that fields of several tables have in common."""

from __future__ import annotations

from portal.town.forms import Words

LANGUAGES = {"en": "English", "fr": "French"}
STATES = {
    "open": "while the town hall is open",
    "closed": "while it is closed",
    "holiday": "on holidays",
}
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
KEY = Words(
    label="Short name",
    hint="Other entries refer to this one by it. Left empty, it is made of the name.",
)


def needs(field: str, *answers: str) -> tuple[str, frozenset[str]]:
    """Asked only where another field of the same entry has one of these answers."""
    return field, frozenset(answers)
