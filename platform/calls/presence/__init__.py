"""Who is at the desk, what they do, and for which callers they are free.

``rules`` decides, ``service`` keeps the states, ``queries`` counts them.
"""

from __future__ import annotations

from calls.presence.models import AgentState, Lapse
from calls.presence.queries import agents_free, languages_of, state_of
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
    "Chosen",
    "Lapse",
    "State",
    "agents_free",
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
