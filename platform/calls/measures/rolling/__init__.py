"""Tallies kept by the hour: a year of calls is read as its hours.

``rules`` says which part of a window is kept and which must be counted, ``writing``
keeps it, and ``reading`` adds up both. Every call is in exactly one of the two.
"""

from __future__ import annotations

from calls.measures.rolling.writing import Standard, due, keep, roll

__all__ = ["Standard", "due", "keep", "roll"]
