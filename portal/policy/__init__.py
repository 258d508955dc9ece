"""Who may do what: ``table`` says it address by address, and this module asks it.

A role that is not named may not. Another town's people never get as far: for them
the town is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.policy import table
from townline.auth import TOWN

Roles = frozenset[str]

_NAMED = (
    (table.READERS, TOWN),
    (table.WORKERS, frozenset({"manager", "dispatcher", "lead"})),
    (table.MANAGERS, frozenset({"manager"})),
)


def _lines(block: str) -> Iterator[str]:
    return filter(None, block.splitlines())


IN_TOWN: Mapping[str, Roles] = {
    line.replace("/town/{slug}", "", 1): roles
    for block, roles in _NAMED
    for line in _lines(block)
}


def may(role: str, method: str, below: str) -> bool:
    """``below`` is the address within the town, its places named without types."""
    return role in IN_TOWN.get(f"{method} {below}".rstrip("/"), frozenset())
