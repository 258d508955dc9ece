"""Bringing a town on: five short steps, a look at its first night, and it answers.

``answers`` reads what was typed, ``steps`` says which step comes, ``opening`` makes
the town, and ``evening`` shows what it would do tonight.
"""

from __future__ import annotations

from portal.desk.starting.opening import Opened, administers, open_town, opened
from portal.desk.starting.steps import STEPS, Start, Step, after, begun
from portal.evening import Evening, evening_of

__all__ = [
    "STEPS",
    "Evening",
    "Opened",
    "Start",
    "Step",
    "administers",
    "after",
    "begun",
    "evening_of",
    "open_town",
    "opened",
]
