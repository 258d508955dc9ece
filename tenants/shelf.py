"""The rules of towns as values, kept in memory: a version never changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from tenants.town import Town
from townline.db import Database

Made = TypeVar("Made")

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


class Addresses:
    """Which town an address names: a town keeps its slug, and its id, for ever."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Database, dict[str, UUID]] = WeakKeyDictionary()

    def find(self, database: Database, slug: str) -> UUID | None:
        return self._known.get(database, {}).get(slug)

    def keep(self, database: Database, slug: str, tenant_id: UUID) -> None:
        self._known.setdefault(database, {})[slug] = tenant_id


class PerVersion(Generic[Made]):
    """Something made of a town's rules, once a version: an index, a list of names."""

    def __init__(self, make: Callable[[Town], Made], kept: int = KEPT) -> None:
        self._make = make
        self._kept = kept
        self._made: OrderedDict[UUID, Made] = OrderedDict()
        self._lock = Lock()

    def of(self, rules: Rules) -> Made:
        """Of two that ask at once both make it, and neither waits for the other."""
        with self._lock:
            made = self._made.get(rules.version_id)
            if made is not None:
                self._made.move_to_end(rules.version_id)
                return made
        made = self._make(rules.town)
        with self._lock:
            self._made[rules.version_id] = made
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        return made
