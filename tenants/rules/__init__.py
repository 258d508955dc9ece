"""What a town's rules decide, as pure functions of the town and an instant.

``opening`` knows hours and holidays, ``promises`` what a caller is told, ``rosters``
and ``targets`` who is on call, ``policies`` how it escalates, ``protocol`` what is
asked, ``boundary`` whose place it is and ``suggestions`` what was meant.
"""

from __future__ import annotations

from tenants.rules.boundary import inside
from tenants.rules.opening import Opening, phrase, status
from tenants.rules.policies import Chosen, choose_policy
from tenants.rules.promises import SpokenPromise, promise
from tenants.rules.protocol import (
    Answers,
    missing,
    raised_level,
    stop,
    visible_questions,
)
from tenants.rules.rosters import Gap, Shift, gaps, on_call, shifts
from tenants.rules.suggestions import Suggestion, suggest
from tenants.rules.targets import resolve

__all__ = [
    "Answers",
    "Chosen",
    "Gap",
    "Opening",
    "Shift",
    "SpokenPromise",
    "Suggestion",
    "choose_policy",
    "gaps",
    "inside",
    "missing",
    "on_call",
    "phrase",
    "promise",
    "raised_level",
    "resolve",
    "shifts",
    "status",
    "stop",
    "suggest",
    "visible_questions",
]
