"""Who does not want our texts: for the town that they told so, and for no other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

import tenants
from notify.message import Message, Recipient
from notify.models import OptOut
from notify.service.promises import promise
from townline.db import new_id
from townline.tenancy import TenantSession


def opt_out(db: TenantSession, destination: str, *, at: datetime) -> bool:
    """Write there no more, and tell the town; False if it was so already.

    What waits for the destination fails in the sweep, within a second.
    """
    fresh = (
        insert(OptOut)
        .values(tenant_id=db.tenant_id, id=new_id(), destination=destination, at=at)
        .on_conflict_do_nothing(index_elements=["tenant_id", "destination"])
        .returning(OptOut.id)
    )
    id = db.session.scalar(fresh)
    if id is None:
        return False
    town = tenants.current(db).town
    promise(
        db,
        Message(
            key=f"opted-out/{id}",
            to=Recipient("town", town.slug, town.name.en, town.languages[0]),
            channel="email",
            destination=town.email,
            purpose="notice",
            template="opted_out",
            subject_id=id,
            level=3,
            due_at=at,
            context={"destination": destination},
        ),
        at=at,
    )
    return True


def opt_in(db: TenantSession, destination: str) -> None:
    db.session.execute(
        delete(OptOut).where(
            OptOut.tenant_id == db.tenant_id, OptOut.destination == destination
        )
    )
