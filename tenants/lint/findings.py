"""What a policy or a roster would do wrong one night, in the town's languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tenants.rules.spoken import spoken
from tenants.town import Text, Town

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Weakness:
    """``path`` is the place in the file: ``policies "water".steps[2]``.

    What is said names the remedy too; ``kind`` is the rule, by a word of its own.
    ``about`` tells faults of one kind at one place apart; ``during`` is when it goes
    wrong, for a fault that comes and goes, and empty for one that is always there.
    """

    severity: Severity
    path: str
    says: Text
    kind: str = ""
    about: str = ""
    during: tuple[tuple[datetime, datetime], ...] = ()

    def __str__(self) -> str:
        return f"{self.severity}, {self.path}: {self.says.in_('en')}"

    def was_there(self, before: Iterable[Weakness]) -> bool:
        """Whether it went wrong already, at these times: sentences count and date.

        A gap that has become shorter, or one of several that is mended, is no new one.
        """
        return any(self._is_within(each) for each in before)

    def _is_within(self, other: Weakness) -> bool:
        mine = self.severity, self.kind, self.path, self.about
        if mine != (other.severity, other.kind, other.path, other.about):
            return False
        if not other.during:
            return True
        return bool(self.during) and all(
            any(since <= starts and ends <= until for since, until in other.during)
            for starts, ends in self.during
        )


def policy_path(key: str, part: str = "") -> str:
    return f'policies "{key}"{part}'


def step_path(key: str, number: int) -> str:
    """Steps are counted from 1, as people count."""
    return policy_path(key, f".steps[{number}]")


def said(town: Town, moment: datetime, *, at: datetime) -> Text:
    """An instant ahead of ``at``, by the town's clock."""
    each = {
        language: spoken(moment, at=at, zone=town.time_zone, language=language)
        for language in ("en", "fr")
    }
    return Text(**each)
