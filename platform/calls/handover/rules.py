"""What has changed on a desk between two signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The words of what came onto the board, and of what went from it."""

    came: tuple[str, ...]
    went: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int]:
        return len(self.came), len(self.went)


def changes(then: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """By key: the same thing in other words has not changed hands."""
    return Changes(
        came=tuple(words for key, words in now.items() if key not in then),
        went=tuple(words for key, words in then.items() if key not in now),
    )
