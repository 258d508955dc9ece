"""Somebody is let into a town's pages by a letter; what leads in leaves with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import notify
import tenants
from notify import Message, Recipient
from townline import auth
from townline.auth import Sent, Wish
from townline.i18n import speaking
from townline.proof import Actor
from townline.tenancy import TenantSession
from townline.words import long_date

# Nobody is in danger; it leaves with the day's other letters, within the minute.
LEVEL = 4


def invite(db: TenantSession, wish: Wish, *, by: Actor, at: datetime) -> None:
    _post(db, auth.invite(db, wish, by=by, at=at), at=at)


def invite_again(
    db: TenantSession, invitation_id: UUID, *, by: Actor, at: datetime
) -> None:
    """With a new link: the one before leads nowhere any more."""
    _post(db, auth.invite_again(db, invitation_id, by=by, at=at), at=at)


def _post(db: TenantSession, sent: Sent, *, at: datetime) -> None:
    """Promise the letter, in the transaction that made its link."""
    it, town = sent.invitation, tenants.current(db).town
    with speaking(it.language):
        until = long_date(it.expires_at, town.time_zone)
    letter = Message(
        key=f"invitation/{it.id}/{it.times_sent}",
        to=Recipient("town", town.slug, it.name, it.language),
        channel="email",
        destination=it.email,
        purpose="notice",
        template="invitation",
        context={"by": it.invited_by, "until": until, "token": sent.token},
        subject_id=it.id,
        level=LEVEL,
        due_at=at,
        expires_at=it.expires_at,
    )
    notify.promise_all(db, [letter], at=at)
