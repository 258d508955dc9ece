"""Which people a step of a policy means at an instant."""

from __future__ import annotations

from datetime import datetime

from tenants.rules.rosters import on_call
from tenants.town import Contact, Key, Town


def resolve(
    town: Town, target: str, *, department: Key, at: datetime
) -> tuple[Contact, ...]:
    """The contacts behind ``roster:KEY``, ``contact:KEY`` or ``department``.

    ``department`` is the ticket's category's. Nobody is a possible answer: a step
    that resolves to nobody takes no time.
    """
    kind, _, key = target.partition(":")
    match kind:
        case "roster":
            keys = on_call(town.roster(key), town.time_zone, at=at)
            return tuple(town.contact(each) for each in keys)
        case "contact":
            return (town.contact(key),)
        case _:
            return tuple(e for e in town.contacts if e.department == department)
