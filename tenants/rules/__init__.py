"""What a town's rules decide, as pure functions of the town and an instant.

``opening`` knows hours and holidays, ``promises`` what a caller is told, ``rosters``
and ``targets`` who is on call, ``policies`` and ``occasions`` how it escalates and
when, ``reasons`` why, ``protocol`` what is asked, ``boundary`` whose place it is and
``suggestions`` what was meant.
"""

from __future__ import annotations

from tenants.rules.boundary import inside
from tenants.rules.opening import Opening, phrase, status
from tenants.rules.policies import (
    Chosen,
    Weighing,
    choose_policy,
    weigh_policies,
)
from tenants.rules.promises import SpokenPromise, promise
from tenants.rules.protocol import (
    Answers,
    missing,
    raised_level,
    stop,
    visible_questions,
)
from tenants.rules.reasons import when
from tenants.rules.rosters import Gap, Shift, gaps, on_call, shifts, staffed
from tenants.rules.suggestions import RELEVANT, Suggestion, plain_words, suggest
from tenants.rules.targets import DUTY_DESK, called, is_known, meant, person, resolve

__all__ = [
    "DUTY_DESK",
    "RELEVANT",
    "Answers",
    "Chosen",
    "Gap",
    "Opening",
    "Shift",
    "SpokenPromise",
    "Suggestion",
    "Weighing",
    "called",
    "choose_policy",
    "gaps",
    "inside",
    "is_known",
    "meant",
    "missing",
    "on_call",
    "person",
    "phrase",
    "plain_words",
    "promise",
    "raised_level",
    "resolve",
    "shifts",
    "staffed",
    "status",
    "stop",
    "suggest",
    "visible_questions",
    "weigh_policies",
    "when",
]
