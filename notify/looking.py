"""Asking carriers: about what is in doubt, about silence, what kind of line a number
is, and to end a call.

Three steps each: choose in one transaction, look with none open, write in another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from notify.channels import Carriers, DeliveryFailed, Parcel, Register
from notify.service import lines, rounds
from townline.db import Database
from townline.logs import logger
from townline.tenancy import TenantSession, town

Result = TypeVar("Result")
log = logger("notify")
Write = Callable[[TenantSession], None]


class Look(Protocol):
    async def __call__(
        self, carriers: Carriers, parcel: Parcel, *, at: datetime
    ) -> Write | None:
        """Ask the carrier; what to write down of it, or None for nothing."""
        ...


async def look(
    database: Database, carriers: Carriers, tenant_id: UUID, *, at: datetime
) -> None:
    """All at once: a carrier that is slow with one is not waited for by the others."""

    async def here(verb: Callable[[TenantSession], Result]) -> Result:
        return await asyncio.to_thread(_in_town, database, tenant_id, verb)

    async def each(look: Look, parcel: Parcel) -> None:
        if (write := await look(carriers, parcel, at=at)) is not None:
            await here(write)

    pointless = await here(rounds.to_hang_up)
    doubtful = await here(partial(rounds.ambiguous, at=at))
    silent = await here(partial(rounds.silent, at=at))
    register = carriers["sms"]
    unseen = await here(partial(lines.wanted, at=at))

    async def identify(number: str) -> None:
        if isinstance(register, Register):
            await here(await _identify(register, number, at=at))

    await asyncio.gather(
        *(each(_hang_up, parcel) for parcel in pointless),
        *(each(_find, parcel) for parcel in doubtful),
        *(each(_ask, parcel) for parcel in silent),
        *(identify(number) for number in unseen),
    )


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


async def _hang_up(carriers: Carriers, parcel: Parcel, *, at: datetime) -> Write | None:
    try:
        await carriers[parcel.channel].hang_up(parcel)
    except DeliveryFailed:
        return None
    return lambda db: rounds.hung_up(db, parcel, at=at)


async def _identify(register: Register, number: str, *, at: datetime) -> Write:
    try:
        found = await register.line_type(number)
    except DeliveryFailed as away:
        log.warning("notify.lookup_failed", why=str(away))
        return partial(lines.postpone, number=number, at=at)
    return partial(lines.learn, number=number, line_type=found, at=at)


def _in_town(
    database: Database, tenant_id: UUID, verb: Callable[[TenantSession], Result]
) -> Result:
    with town(database, tenant_id) as db:
        return verb(db)
