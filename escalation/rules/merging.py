"""Which of two tickets may stay: no relay may be lost, and nobody asked in vain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Hindrance = Literal["graver", "held"]


@dataclass(frozen=True, slots=True)
class Side:
    """A ticket, as its relay stands; ``holders`` have accepted it."""

    level: int
    holders: tuple[str, ...] = ()


def hindrance(ticket: Side, into: Side) -> Hindrance | None:
    """Why ``ticket`` may not go on as ``into``, if it may not.

    The graver relay must not end in the lighter one, and a ticket that a person has
    must not end while others are still asked for the same.
    """
    if ticket.level < into.level:
        return "graver"
    if ticket.holders and not into.holders:
        return "held"
    return None


def spared(ticket: Side, into: Side) -> tuple[str, ...]:
    """Who has the one that ends, and not the one that stays: they need not go."""
    return tuple(each for each in ticket.holders if each not in into.holders)
