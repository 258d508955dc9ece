"""Calls drawn for review: the sheet, its scores, and the agent's answer to them.

``rules`` draws by a keyed lot, ``service`` fills in and answers, ``queries`` lists.
"""

from __future__ import annotations

from calls.reviews.models import Review
from calls.reviews.queries import (
    DrawnCall,
    Month,
    drawn,
    lots,
    sheets_of,
    standings,
)
from calls.reviews.rules import ASPECTS, BEST, Standing, is_drawn, lot, sub_key
from calls.reviews.service import Draw, Scores, answer, of_call, score

__all__ = [
    "ASPECTS",
    "BEST",
    "Draw",
    "DrawnCall",
    "Month",
    "Review",
    "Scores",
    "Standing",
    "answer",
    "drawn",
    "is_drawn",
    "lot",
    "lots",
    "of_call",
    "score",
    "sheets_of",
    "standings",
    "sub_key",
]
