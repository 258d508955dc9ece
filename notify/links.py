"""The address in a relay: short enough for a text, bound to attempt, run and epoch.

A token is looked up in the town that the address names, and proved by computing it
again: nobody who lacks the secret can make one, or turn one into another's.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

from notify.models import Attempt, Fence, Notification
from notify.sharing import Carried
from townline.errors import NotFound
from townline.tenancy import TenantSession

# No vowels, so that no token spells a word; no letter that looks like a digit.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
# Three signs at a time: a long number is slow to divide.
THREE = ["".join(signs[::-1]) for signs in product(ALPHABET, repeat=3)]
# 27 ** 12 is 57 bits: not to be guessed in the month that a link lives.
LENGTH = 12
# A text without a link carries this much of the token, for the carrier's list.
MARK = 6
# A relay is answered in hours; a ticket that waits for a season is reminded of.
LASTS = timedelta(days=30)


class NoSuchLink(NotFound):
    """This link opens nothing; it may have been cut off or be too old."""


@dataclass(frozen=True, slots=True)
class Link:
    """``current`` says whether an answer still counts: nobody has raised the epoch."""

    notification: Notification
    attempt_id: UUID
    current: bool


def sign(secret: str, attempt_id: UUID, group: UUID | None, epoch: int) -> str:
    bound = f"{attempt_id}/{group}/{epoch}".encode()
    digest = hmac.digest(secret.encode(), bound, "sha256")
    number = int.from_bytes(digest, "big")
    token = ""
    while len(token) < LENGTH:
        number, rest = divmod(number, len(THREE))
        token += THREE[rest]
    return token


def address(public_url: str, prefix: str, token: str) -> str:
    return f"{public_url}/r/{prefix}/{token}"


def read(db: TenantSession, token: str, *, secret: str, at: datetime) -> Link:
    """What the link was sent for; NoSuchLink when it is forged, foreign or too old."""
    attempt = db.session.scalar(db.rows(Attempt).where(Attempt.token == token))
    named = attempt.notification_id if attempt else None
    if attempt is None and (line := _line(db, token)):
        # It stood in a message that was sent for another ticket.
        attempt = db.get(Attempt, line.attempt_id)
        named = line.notification_id
    if attempt is None or named is None or attempt.intended_at + LASTS <= at:
        raise NoSuchLink
    notification = db.get(Notification, named)
    genuine = sign(secret, attempt.id, notification.fence_id, notification.epoch)
    if not hmac.compare_digest(genuine, token):
        raise NoSuchLink
    return Link(notification, attempt.id, _is_current(db, notification))


def _line(db: TenantSession, token: str) -> Carried | None:
    return db.session.scalar(db.rows(Carried).where(Carried.token == token))


def _is_current(db: TenantSession, notification: Notification) -> bool:
    if notification.fence_id is None:
        return True
    fence = db.get(Fence, notification.fence_id)
    return fence.closed_at is None and fence.epoch == notification.epoch
