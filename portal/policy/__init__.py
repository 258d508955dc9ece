"""Who may do what: ``table`` says it address by address, and this module asks it.

``guard`` stands before every page of the product. What an address has a town in is
asked once more where the town is known: for people of another it is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from portal.policy import table
from townline.auth import DESK, TOWN, Person
from townline.auth.rules import SUPERVISORS, scoped
from townline.errors import Forbidden, NotLoggedIn

Roles = frozenset[str]
AnyConnection = ASGIConnection[Any, Any, Any, Any]
TOWNS = "/town/{slug}"

# Nobody has to be anybody; and: whoever they are, they have signed in.
ANYBODY: Roles | None = None
SOMEBODY: Roles = frozenset()

_BLOCKS: tuple[tuple[str, Roles | None], ...] = (
    (table.ANYBODY, ANYBODY),
    (table.PROVEN, ANYBODY),
    (table.SIGNED_IN, SOMEBODY),
    (table.DESK, DESK),
    (table.FLOOR, SUPERVISORS),
    (table.ADMINISTRATORS, frozenset({"administrator"})),
    (table.READERS, TOWN),
    (table.WORKERS, frozenset({"manager", "dispatcher", "lead"})),
    (table.MANAGERS, frozenset({"manager"})),
)


def _lines(block: str) -> Iterator[str]:
    return filter(None, block.splitlines())


_KEYS: Mapping[str, Roles] = {
    line: scoped({scope})
    for scope, block in table.KEYS.items()
    for line in _lines(block)
}
RULES: Mapping[str, Roles | None] = {
    line: roles if roles is None else roles | _KEYS.get(line, frozenset())
    for block, roles in _BLOCKS
    for line in _lines(block)
}


def guard(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Refuse whom the table refuses, and everybody where it says nothing."""
    template = str(connection.scope["path_template"])
    if template.startswith(table.OPEN):
        return
    rule = rule_of(str(connection.scope["method"]), template)  # type: ignore[typeddict-item]
    person: Person | None = connection.scope["state"].get("person")
    if person and person.is_key and not template.startswith(TOWNS):
        raise Forbidden
    if rule is ANYBODY:
        return
    if person is None:
        raise NotLoggedIn
    # Whose town it is, ``hall`` asks first: another's must look like none.
    if rule and not template.startswith(TOWNS) and not rule & {*person.roles.values()}:
        raise Forbidden


def rule_of(method: str, template: str) -> Roles | None:
    """Raise Forbidden for an address that nobody has written into the table."""
    address = f"{method} {template.rstrip('/') or '/'}"
    if address not in RULES:
        raise Forbidden
    return RULES[address]


def may(roles: Roles, method: str, below: str) -> bool:
    """``below`` is the address within a town, its places named without types."""
    rule = RULES.get(f"{method} {TOWNS}{below.rstrip('/')}", frozenset())
    return rule is not None and not roles.isdisjoint(rule)
