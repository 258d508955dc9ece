"""Who may do what in a town's own pages: one table, by method and address.

A role that is not named may not. Another town's people never get as far: for them
the town is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

from townline.auth import TOWN

Roles = frozenset[str]

EVERYBODY: Roles = TOWN
MANAGERS: Roles = frozenset({"manager"})
# Whoever works on tickets; a reader changes nothing.
WORKERS: Roles = frozenset({"manager", "dispatcher", "lead"})

IN_TOWN: Mapping[str, Roles] = {
    "POST /tickets/{tracking}/notes": WORKERS,
    "POST /tickets/{tracking}/level": MANAGERS,
    "POST /tickets/{tracking}/closure": WORKERS,
    "GET /chain": MANAGERS | {"dispatcher"},
    "GET /people": MANAGERS,
    "POST /people/invitations": MANAGERS,
    "POST /people/invitations/{invitation_id}/again": MANAGERS,
    "POST /people/invitations/{invitation_id}/withdraw": MANAGERS,
    "POST /people/{account_id}/role": MANAGERS,
    "POST /people/{account_id}/end": MANAGERS,
}


def may(role: str, method: str, template: str) -> bool:
    """``template`` is the address below the town, without types."""
    return role in IN_TOWN.get(f"{method} {template}", EVERYBODY)
