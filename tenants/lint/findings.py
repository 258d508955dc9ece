"""What a policy or a roster would do wrong one night, in the town's languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tenants.town import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Weakness:
    """``path`` is the place in the file: ``policies "water".steps[2]``.

    What is said names the remedy too; ``kind`` is the rule, by a word of its own.
    """

    severity: Severity
    path: str
    says: Text
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.severity}, {self.path}: {self.says.in_('en')}"


def policy_path(key: str, part: str = "") -> str:
    return f'policies "{key}"{part}'


def step_path(key: str, number: int) -> str:
    """Steps are counted from 1, as people count."""
    return policy_path(key, f".steps[{number}]")
