"""Whether what a caller tells is known already, and where.

``rules`` weighs what speaks for it, ``searching`` finds the candidates, ``learnt`` and
``lessons`` keep what each town has taught; ``shipped`` is what it begins with.
"""

from __future__ import annotations

from tickets.duplicates.lessons import teach
from tickets.duplicates.models import Joining, LearntLikeness
from tickets.duplicates.rules.evidence import (
    Asked,
    Evidence,
    Known,
    Weights,
    apart,
    evidence_of,
)
from tickets.duplicates.rules.fitting import Prior
from tickets.duplicates.rules.grid import cell_of, cells_around, metres_between
from tickets.duplicates.rules.kinds import Kinds
from tickets.duplicates.rules.learning import Episode, Model, kinds_of, learn
from tickets.duplicates.rules.memory import RADIUS, WINDOW, Memory
from tickets.duplicates.rules.places import plain, words_of
from tickets.duplicates.searching import Candidate, Typed, search

__all__ = [
    "RADIUS",
    "WINDOW",
    "Asked",
    "Candidate",
    "Episode",
    "Evidence",
    "Joining",
    "Kinds",
    "Known",
    "LearntLikeness",
    "Memory",
    "Model",
    "Prior",
    "Typed",
    "Weights",
    "apart",
    "cell_of",
    "cells_around",
    "evidence_of",
    "kinds_of",
    "learn",
    "metres_between",
    "plain",
    "search",
    "teach",
    "words_of",
]
