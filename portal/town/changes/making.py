"""One change to the town's rules, as somebody of the town makes it on a page."""

from __future__ import annotations

from portal.town.changes import publishing
from portal.town.hall import Hall
from tenants import drafting
from tenants.drafting import Edit


def edit(hall: Hall, change: Edit) -> None:
    """Into the draft: nothing of it holds before it is published."""
    with hall.town() as db:
        drafting.edit(db, change, by=hall.actor, at=hall.at)


def change_now(hall: Hall, change: Edit, *, reason: str) -> None:
    """For what cannot wait; it holds as soon as this is done."""
    with hall.town() as db:
        publishing.change_now(db, change, reason=reason, by=hall.actor, at=hall.at)
