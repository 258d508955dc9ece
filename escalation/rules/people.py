"""Who is meant by a step at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tenants.rules import DUTY_DESK, is_known, meant, resolve
from tenants.town import Contact, Key, Town


@dataclass(frozen=True, slots=True)
class Called:
    contact: Contact
    target: str


@dataclass(frozen=True, slots=True)
class Directory:
    """The town as it is now. A run keeps its policy, never its people."""

    town: Town
    department: Key

    def called(self, targets: Iterable[str], *, at: datetime) -> tuple[Called, ...]:
        """Everybody once, in the policy's order, by the first name they go by."""
        found: dict[Key, Called] = {}
        for target in filter(self._exists, targets):
            people = resolve(self.town, target, department=self.department, at=at)
            for contact in people:
                found.setdefault(contact.key, Called(contact, target))
        return tuple(found.values())

    def called_last(
        self, targets: Iterable[str], *, at: datetime
    ) -> tuple[Called, ...]:
        """Somebody always hears: the town's duty desk instead of nobody, and who is
        away rather than nobody at all.
        """
        named = tuple(targets)
        desk = (DUTY_DESK,) if self.town.duty_desk else ()
        return (
            self.called(named, at=at)
            or self.called(desk, at=at)
            or tuple(
                Called(contact, target)
                for target in filter(self._exists, named)
                for contact in meant(self.town, target, department=self.department)
            )
        )

    def _exists(self, target: str) -> bool:
        return is_known(self.town, target)
