"""Whether what a caller tells is known already, and where.

``rules`` weighs what speaks for it and learns the weights.
"""

from __future__ import annotations

from tickets.duplicates.rules.evidence import (
    Asked,
    Evidence,
    Known,
    Weights,
    apart,
    evidence_of,
)
from tickets.duplicates.rules.fitting import Prior
from tickets.duplicates.rules.grid import cell_of, cells_around
from tickets.duplicates.rules.kinds import Kinds
from tickets.duplicates.rules.learning import Episode, Model, kinds_of, learn
from tickets.duplicates.rules.places import plain, words_of

__all__ = [
    "Asked",
    "Episode",
    "Evidence",
    "Kinds",
    "Known",
    "Model",
    "Prior",
    "Weights",
    "apart",
    "cell_of",
    "cells_around",
    "evidence_of",
    "kinds_of",
    "learn",
    "plain",
    "words_of",
]
