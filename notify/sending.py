"""One pass of everything a sender does; the pump does the same without end.

No transaction is open while a carrier is waited for.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from notify.channels import Carriers, DeliveryFailed, Parcel
from notify.looking import look
from notify.message import COMMON_LANE, EMERGENCY_LANE
from notify.rules.throttles import NO_LIMITS
from notify.service import circuits, events, limits, rounds, routes, sweeps
from notify.service.claims import Desk, claim
from notify.service.outcomes import Outcome, record
from townline.db import Database
from townline.logs import logger
from townline.tenancy import town

log = logger("notify")

# For rehearsals and tests: what is sent so reaches nobody.
REHEARSAL = Desk(
    secret="rehearsal",  # noqa: S106 - it protects nothing
    public_url="https://townline.example",
    mail_sender="relay@townline.example",
    rates=NO_LIMITS,
)


def send_due(
    database: Database,
    carriers: Carriers,
    *,
    at: datetime,
    limit: int = 64,
    desk: Desk = REHEARSAL,
) -> int:
    """Send what is due at ``at``, emergencies first; how much was handed over."""
    look_after(database, carriers, at=at)
    sent = 0
    for lane in (EMERGENCY_LANE, COMMON_LANE):
        if parcels := claim_due(database, desk, lane=lane, room=limit - sent, at=at):
            outcomes = asyncio.run(_deliver_all(carriers, parcels))
            for batch in batches(outcomes):
                write_down(database, batch, at=at)
        sent += len(parcels)
    return sent


def look_after(database: Database, carriers: Carriers, *, at: datetime) -> None:
    """Reconcile, ask, hang up, join and give up, wherever something waits for it."""
    for tenant_id in towns_to_look_after(database, at=at):
        tidy(database, tenant_id, dead=(), at=at)
        asyncio.run(look(database, carriers, tenant_id, at=at))


def claim_due(
    database: Database,
    desk: Desk,
    *,
    lane: int,
    room: int,
    at: datetime,
    towns: Collection[UUID] | None = None,
) -> list[Parcel]:
    """Up to ``room`` parcels, as evenly from the towns as they have any; from all that
    have something due, unless ``towns`` says whom alone to ask."""
    found = list(_due_towns(database, lane=lane, at=at) if towns is None else towns)
    # Who comes first must not depend on who else is there.
    random.shuffle(found)
    parcels: list[Parcel] = []
    for position, tenant_id in enumerate(found):
        share = -(-(room - len(parcels)) // (len(found) - position))
        if share <= 0:
            break
        try:
            with town(database, tenant_id) as db:
                limits.be_brisk(db)
                among = replace(desk, towns=len(found))
                claimed = claim(db, among, lane=lane, limit=share, at=at)
        except DBAPIError:
            # The intents of the towns before it are committed and must be sent.
            log.warning("notify.claim_failed", town=str(tenant_id), exc_info=True)
        else:
            parcels += claimed
    return parcels


def _due_towns(database: Database, *, lane: int, at: datetime) -> Sequence[UUID]:
    with database.everybody() as session:
        return sweeps.due_towns(session, lane=lane, at=at)


def batches(outcomes: Iterable[Outcome]) -> list[list[Outcome]]:
    """What was taken together, a town at a time; each refusal, which others hear of,
    by itself."""
    taken: dict[UUID, list[Outcome]] = defaultdict(list)
    refused = []
    for outcome in outcomes:
        if outcome.taken:
            taken[outcome.parcel.tenant_id].append(outcome)
        else:
            refused.append([outcome])
    return [*taken.values(), *refused]


def write_down(database: Database, batch: Sequence[Outcome], *, at: datetime) -> None:
    """One batch, which is one town's, in one transaction."""
    with town(database, batch[0].parcel.tenant_id) as db:
        limits.be_brisk(db)
        written = record(db, batch, at=at)
    # Apart from it: nobody who writes an outcome waits for another to tell of a way.
    if words := routes.news(written):
        with town(database, batch[0].parcel.tenant_id) as db:
            circuits.note(db, words, at=at)


def towns_to_look_after(database: Database, *, at: datetime) -> Sequence[UUID]:
    with database.everybody() as session:
        return sweeps.towns_to_look_after(session, at=at)


def tidy(
    database: Database, tenant_id: UUID, *, dead: Collection[int], at: datetime
) -> None:
    """What needs no carrier."""
    with town(database, tenant_id) as db:
        rounds.end_hopeless(db, at=at)
    with town(database, tenant_id) as db:
        rounds.doubt_lost_claims(db, dead=dead, at=at)
    with town(database, tenant_id) as db:
        events.join(db, at=at)


async def deliver(carriers: Carriers, parcel: Parcel) -> Outcome:
    try:
        return Outcome(parcel, await carriers[parcel.channel].deliver(parcel))
    except DeliveryFailed as failure:
        return Outcome(parcel, failure)


async def _deliver_all(
    carriers: Carriers, parcels: Sequence[Parcel]
) -> Sequence[Outcome]:
    return await asyncio.gather(*(deliver(carriers, each) for each in parcels))
