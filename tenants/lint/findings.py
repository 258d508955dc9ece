"""What a policy or a roster would do wrong one night, in the town's languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tenants.town import Text


@dataclass(frozen=True, slots=True)
class Weakness:
    """``path`` is the place in the file: ``policies "water".steps[2]``."""

    severity: Literal["error", "warning"]
    path: str
    says: Text

    def __str__(self) -> str:
        return f"{self.severity}, {self.path}: {self.says.in_('en')}"
