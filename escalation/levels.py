"""A ticket's level is judged anew by a person, and another policy takes over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import tickets
from escalation import service
from escalation.models import RunRow
from escalation.rules.authority import may_change_level
from townline.auth import Person
from townline.errors import Forbidden, NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession


class MayNotChangeLevel(Forbidden):
    """Only a supervisor or the town's manager may lower a level."""


def change_level(
    db: TenantSession,
    ticket_id: UUID,
    level: int,
    *,
    reason: str,
    by: Person,
    at: datetime,
) -> RunRow:
    """The run that tells people from now on; who may do it is ``rules.authority``.

    Whoever has no role in the town is told what a stranger is: there is no such ticket.
    """
    role = by.roles.get(db.tenant_id)
    if role is None:
        raise NotFound
    # Locked, so that nobody changes it between the look and the change.
    was = tickets.get(db, ticket_id, lock=True).level
    if not may_change_level(role, was=was, level=level):
        raise MayNotChangeLevel
    actor = Actor("agent" if by.serves(db.tenant_id) else "town", by.name)
    ticket = tickets.relevel(db, ticket_id, level, reason=reason, by=actor, at=at)
    return service.relevel(db, ticket, level, at=at)
