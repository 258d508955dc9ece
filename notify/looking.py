"""Asking carriers: about what is in doubt, about silence, and to end a call.

Three steps each: choose in one transaction, look with none open, write in another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from notify.channels import Carriers, DeliveryFailed, Parcel
from notify.service import rounds
from townline.db import Database
from townline.tenancy import TenantSession, town

Result = TypeVar("Result")


async def look(
    database: Database, carriers: Carriers, tenant_id: UUID, *, at: datetime
) -> None:
    """Each look is written down before the next is taken."""

    async def here(verb: Callable[[TenantSession], Result]) -> Result:
        return await asyncio.to_thread(_in_town, database, tenant_id, verb)

    # Calls that ring for nothing come first: somebody is being woken.
    for parcel in await here(rounds.to_hang_up):
        if await _hang_up(carriers, parcel):
            await here(partial(rounds.hung_up, parcel=parcel, at=at))
    for parcel in await here(partial(rounds.ambiguous, at=at)):
        if (write := await _find(carriers, parcel, at=at)) is not None:
            await here(write)
    for parcel in await here(partial(rounds.silent, at=at)):
        if (write := await _ask(carriers, parcel, at=at)) is not None:
            await here(write)


Write = Callable[[TenantSession], None]


async def _find(carriers: Carriers, parcel: Parcel, *, at: datetime) -> Write | None:
    try:
        sightings = await carriers[parcel.channel].find(parcel)
    except DeliveryFailed:
        # A list that cannot be read shows nothing, one way or the other.
        return None
    return lambda db: rounds.reconcile(db, parcel, sightings, at=at)


async def _ask(carriers: Carriers, parcel: Parcel, *, at: datetime) -> Write | None:
    try:
        sighting = await carriers[parcel.channel].look(parcel)
    except DeliveryFailed:
        return None
    if sighting is None:
        return None
    return lambda db: rounds.seen(db, parcel, sighting, at=at)


async def _hang_up(carriers: Carriers, parcel: Parcel) -> bool:
    try:
        await carriers[parcel.channel].hang_up(parcel)
    except DeliveryFailed:
        return False
    return True


def _in_town(
    database: Database, tenant_id: UUID, verb: Callable[[TenantSession], Result]
) -> Result:
    with town(database, tenant_id) as db:
        return verb(db)
