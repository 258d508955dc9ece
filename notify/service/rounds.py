"""What a worker looks after between the sends: each verb may be repeated at will.

A look at a carrier is taken in three steps, because no transaction stays open while
a carrier is waited for: choose and push the time forward, look, write what was seen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select, update

import tenants
from notify.channels import Parcel, Sighting
from notify.models import WAITING, Attempt, HangUp, Notification, OptOut
from notify.rules import outcomes, receipts
from notify.rules.receipts import Receipt
from notify.service.learning import doubt, give_up, learn, locked, not_sent
from townline.tenancy import TenantSession

BATCH = 50
# Longer than any look takes; another worker looks if this one did not come back.
LOOKING = timedelta(seconds=15)


def end_hopeless(db: TenantSession, *, at: datetime) -> int:
    """Fail what has expired, may not be written to, or cannot be put into words."""
    opted_out = select(OptOut.destination).where(OptOut.tenant_id == db.tenant_id)
    hopeless = (
        (Notification.expires_at <= at)
        | Notification.destination.in_(opted_out)
        | (Notification.why != "")
    )
    statement = _locked(db).where(Notification.state.in_(WAITING), hopeless)
    found = db.session.scalars(statement).all()
    for each in found:
        if each.why:
            give_up(db, each, "failed", each.why, at=at)
        elif each.expires_at and each.expires_at <= at:
            give_up(db, each, "expired", "expired", at=at)
        else:
            give_up(db, each, "suppressed", "opted_out", at=at)
    return len(found)


def doubt_lost_claims(db: TenantSession, *, dead: Collection[int], at: datetime) -> int:
    """Claims whose worker is gone, or has not come back in time, are ambiguous."""
    statement = _locked(db).where(
        Notification.state == "sending",
        (Notification.look_at <= at) | Notification.holder.in_(dead),
    )
    found = db.session.scalars(statement).all()
    for each in found:
        doubt(db, each, _last_attempt(db, each), at=at)
    return len(found)


def ambiguous(db: TenantSession, *, at: datetime) -> list[Parcel]:
    """The attempts to look for in the carriers' lists now."""
    statement = _locked(db).where(
        Notification.state == "ambiguous", Notification.look_at <= at
    )
    parcels = []
    for each in db.session.scalars(statement).all():
        each.look_at = at + LOOKING
        parcels.append(_parcel(db, each, _last_attempt(db, each)))
    return parcels


def reconcile(
    db: TenantSession, parcel: Parcel, sightings: Sequence[Sighting], *, at: datetime
) -> None:
    """Adopt what the list shows; without anything, try again once it has settled."""
    notification, attempt = locked(db, parcel.notification_id, parcel.attempt_id)
    if notification.state != "ambiguous" or notification.lease != parcel.lease:
        return
    ours = _unclaimed(db, sightings)
    if ours:
        found = receipts.fold(Receipt(receipts.ACCEPTED), ours.receipt)
        learn(db, notification, attempt, found, at=at, sid=ours.sid)
    elif outcomes.settled(parcel.channel, attempt.status_at, at=at):
        not_sent(db, notification, attempt, at=at)
    else:
        notification.look_at = at + outcomes.NEXT_LOOK


def silent(db: TenantSession, *, at: datetime) -> list[Parcel]:
    """Accepted a while ago and nothing heard since: the attempts to ask about."""
    statement = (
        db.rows(Attempt)
        .where(Attempt.ask_at <= at, Attempt.sid.is_not(None))
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    )
    parcels = []
    for attempt in db.session.scalars(statement).all():
        attempt.ask_at = outcomes.ask_again(attempt.intended_at, at=at)
        notification = db.get(Notification, attempt.notification_id)
        parcels.append(_parcel(db, notification, attempt))
    return parcels


def seen(
    db: TenantSession, parcel: Parcel, sighting: Sighting, *, at: datetime
) -> None:
    notification, attempt = locked(db, parcel.notification_id, parcel.attempt_id)
    learn(db, notification, attempt, sighting.receipt, at=at)
    if attempt.ask_at:
        attempt.ask_at = outcomes.ask_again(attempt.intended_at, at=at)


def to_hang_up(db: TenantSession) -> list[Parcel]:
    """Calls that somebody's acceptance has made pointless, once they have a number."""
    statement = (
        select(Attempt)
        .join(
            HangUp,
            (HangUp.tenant_id == db.tenant_id) & (HangUp.attempt_id == Attempt.id),
        )
        .where(
            Attempt.tenant_id == db.tenant_id,
            Attempt.sid.is_not(None),
            HangUp.done_at.is_(None),
        )
        .limit(BATCH)
    )
    return [
        _parcel(db, db.get(Notification, attempt.notification_id), attempt)
        for attempt in db.session.scalars(statement).all()
    ]


def hung_up(db: TenantSession, parcel: Parcel, *, at: datetime) -> None:
    db.session.execute(
        update(HangUp)
        .where(HangUp.tenant_id == db.tenant_id, HangUp.attempt_id == parcel.attempt_id)
        .values(done_at=at)
    )


def _locked(db: TenantSession) -> Select[Notification]:
    """In the order of their groups, so that two workers never wait for each other."""
    return (
        db.rows(Notification)
        .order_by(Notification.fence_id, Notification.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _last_attempt(db: TenantSession, notification: Notification) -> Attempt:
    statement = db.rows(Attempt).where(
        Attempt.notification_id == notification.id, Attempt.number == notification.tries
    )
    return db.session.scalars(statement.with_for_update(key_share=True)).one()


def _unclaimed(db: TenantSession, sightings: Sequence[Sighting]) -> Sighting | None:
    """The newest that no other attempt of the town has already."""
    sids = [each.sid for each in sightings]
    taken: set[UUID | str | None] = set(
        db.session.scalars(
            select(Attempt.sid).where(
                Attempt.tenant_id == db.tenant_id, Attempt.sid.in_(sids)
            )
        )
    )
    return next((each for each in sightings if each.sid not in taken), None)


def _parcel(db: TenantSession, it: Notification, attempt: Attempt) -> Parcel:
    return Parcel(
        tenant_id=db.tenant_id,
        prefix=tenants.current(db).town.prefix,
        notification_id=it.id,
        attempt_id=attempt.id,
        lease=it.lease,
        channel=attempt.channel,
        provider=attempt.provider,
        ours=attempt.ours,
        theirs=attempt.theirs,
        body=attempt.body,
        token=attempt.token,
        intended_at=attempt.intended_at,
        subject=attempt.subject,
        sid=attempt.sid or "",
    )
