"""The rules of towns as values, kept in memory: a version never changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from tenants.town import Town

# A large town is about a megabyte as values; this many are a process's share.
KEPT = 256


@dataclass(frozen=True, slots=True)
class Rules:
    """One published version of a town's rules."""

    version_id: UUID
    number: int
    town: Town


class Shelf:
    """The versions used last. A version is asked for by its town and id together."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._rules: OrderedDict[tuple[UUID, UUID], Rules] = OrderedDict()
        self._lock = Lock()

    def find(self, tenant_id: UUID, version_id: UUID) -> Rules | None:
        with self._lock:
            rules = self._rules.get((tenant_id, version_id))
            if rules is not None:
                self._rules.move_to_end((tenant_id, version_id))
            return rules

    def keep(self, tenant_id: UUID, rules: Rules) -> Rules:
        with self._lock:
            self._rules[tenant_id, rules.version_id] = rules
            while len(self._rules) > self._kept:
                self._rules.popitem(last=False)
        return rules
