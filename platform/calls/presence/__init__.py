"""Who is at the desk, what they do, and for which callers they are free.

``rules`` decides, ``service`` keeps the states, ``queries`` counts them.
"""

from __future__ import annotations

from calls.presence.models import AgentState, Lapse
from calls.presence.queries import (
    AtDesk,
    agents_free,
    at_desk,
    languages_of,
    state_of,
)
from calls.presence.rules import CHOICES, STAFFED, STATES, Chosen, State
from calls.presence.service import (
    busy_with,
    choose,
    engage,
    here,
    hung_up,
    lapsed,
    let_go,
    mark_gone,
    sign_out,
    speaks,
)

__all__ = [
    "CHOICES",
    "STAFFED",
    "STATES",
    "AgentState",
    "AtDesk",
    "Chosen",
    "Lapse",
    "State",
    "agents_free",
    "at_desk",
    "busy_with",
    "choose",
    "engage",
    "here",
    "hung_up",
    "languages_of",
    "lapsed",
    "let_go",
    "mark_gone",
    "sign_out",
    "speaks",
    "state_of",
]
