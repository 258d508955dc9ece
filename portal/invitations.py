"""The letter in which somebody is let into a town's pages, and who is offered what."""

from __future__ import annotations

from datetime import datetime

import notify
import tenants
from notify import Message, Recipient
from townline.auth import Sent
from townline.i18n import speaking
from townline.tenancy import TenantSession
from townline.words import long_date

# Nobody is in danger; it leaves with the day's other letters, within the minute.
LEVEL = 4


def post(db: TenantSession, sent: Sent, *, at: datetime) -> None:
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
