"""Which week, which month and which roster somebody wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# What lies further from today is nobody's shift.
YEARS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says; anything that is no date is today's."""

    day: date
    month: date
    roster: str = ""
    version: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, today: date) -> Asked:
        return cls(
            day=_date(query.get("week", ""), today),
            month=_date(query.get("month", ""), today).replace(day=1),
            roster=query.get("roster", ""),
            version=query.get("of", ""),
        )


def _date(text: str, otherwise: date) -> date:
    """``2026-02-09``, or ``2026-02``, which is its first day."""
    try:
        found = date.fromisoformat(
            f"{text}-01" if len(text) == len("2026-02") else text
        )
    except ValueError:
        return otherwise
    return found if abs(found.year - otherwise.year) <= YEARS else otherwise
