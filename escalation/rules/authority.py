"""Who may judge a ticket's level anew: raise it, or lower it."""

from __future__ import annotations

# Who hears the caller may take it for graver; taking it for lighter leaves somebody
# asleep, and is for those who answer for the night.
MAY_RAISE = frozenset({"agent", "supervisor", "administrator", "manager"})
MAY_LOWER = frozenset({"supervisor", "administrator", "manager"})


def may_change_level(role: str, *, was: int, level: int) -> bool:
    """Level 1 is the gravest: to a smaller number is to raise it."""
    return role in (MAY_RAISE if level <= was else MAY_LOWER)
