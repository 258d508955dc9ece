"""Tickets found by their words: ``keeping`` writes these with what has them, ``jobs``
reads what was there before, ``searching`` looks for what somebody typed."""

from __future__ import annotations

from tickets.finding.keeping import keep_ticket, keep_words
from tickets.finding.searching import Within, are_known, having, is_whole

__all__ = [
    "Within",
    "are_known",
    "having",
    "is_whole",
    "keep_ticket",
    "keep_words",
]
