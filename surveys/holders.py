"""Who has an open ticket in hand. Escalation knows; entrypoints plug it in."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from townline.tenancy import TenantSession


class Holder(Protocol):
    def __call__(self, db: TenantSession, ticket_id: UUID) -> tuple[str, ...]:
        """The keys of the contacts who have accepted it; none while nobody has."""
        ...


HOLDERS: list[Holder] = []


def holders(db: TenantSession, ticket_id: UUID) -> tuple[str, ...]:
    asked = (each(db, ticket_id) for each in HOLDERS)
    return next((found for found in asked if found), ())
