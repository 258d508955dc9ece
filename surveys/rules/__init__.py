"""What follow-ups and surveys decide, as pure functions.

``timing`` knows when an open ticket is taken up again, ``people`` who is told and who
is asked, ``figures`` what the answers are worth.
"""

from __future__ import annotations

from surveys.rules.figures import Estimate, mean, share
from surveys.rules.people import Reach, comment, is_bad, reach, sampled, wants_a_survey
from surveys.rules.timing import (
    INVITATION_LASTS,
    Open,
    Planned,
    expired,
    invitation_due,
    not_before,
    plan,
    try_again,
)

__all__ = [
    "INVITATION_LASTS",
    "Estimate",
    "Open",
    "Planned",
    "Reach",
    "comment",
    "expired",
    "invitation_due",
    "is_bad",
    "mean",
    "not_before",
    "plan",
    "reach",
    "sampled",
    "share",
    "try_again",
    "wants_a_survey",
]
