"""How well calls are answered, as figures whose formula has a name.

``rules`` says what each figure is, ``counting`` what is counted of a call,
``queries`` adds it up by town, hour and agent.
"""

from __future__ import annotations

from calls.measures.counting import Window
from calls.measures.excluding import exclude, exclusion, include
from calls.measures.models import Exclusion, Why
from calls.measures.queries import (
    Worker,
    by_agent,
    by_clock,
    by_hour,
    by_town,
    dispositions,
    hours_of,
    worked,
)
from calls.measures.rules import FORMULAS, USUAL, Days, Formula, Tally, Worked

__all__ = [
    "FORMULAS",
    "USUAL",
    "Days",
    "Exclusion",
    "Formula",
    "Tally",
    "Why",
    "Window",
    "Worked",
    "Worker",
    "by_agent",
    "by_clock",
    "by_hour",
    "by_town",
    "dispositions",
    "exclude",
    "exclusion",
    "hours_of",
    "include",
    "worked",
]
