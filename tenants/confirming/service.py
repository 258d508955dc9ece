"""Making a code for a destination, and hearing it back."""

from __future__ import annotations

from datetime import datetime
from secrets import randbelow
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, func, select

from tenants.confirming import rules
from tenants.confirming.models import DestinationCode
from tenants.confirming.rules import Sent, Verdict
from tenants.town import Contact
from townline import proof
from townline.db import new_id
from townline.errors import TooMany
from townline.proof import Actor
from townline.tenancy import TenantSession


class TooManyCodes(TooMany):
    """Five codes went there within the hour; wait, or ask the person directly."""


class Fresh(Struct, frozen=True):
    """``code`` is to be sent; it is kept nowhere else."""

    id: UUID
    code: str
    expires_at: datetime


def make(
    db: TenantSession, contact: Contact, destination: str, *, by: Actor, at: datetime
) -> Fresh:
    """Another code; an earlier one opens nothing any more."""
    _refuse_flood(db, destination, since=at - rules.WITHIN)
    id, code = new_id(), f"{randbelow(10**rules.DIGITS):0{rules.DIGITS}}"
    made = db.add(
        DestinationCode(
            id=id,
            contact=contact.key,
            destination=destination,
            digest=rules.digest(id, code),
            sent_by=by.name,
            sent_at=at,
            expires_at=at + rules.LASTS,
        )
    )
    db.session.flush()
    _log(db, "contact.code_sent", id, contact, by=by, at=at)
    return Fresh(id, code, made.expires_at)


def hear(
    db: TenantSession,
    contact: Contact,
    destination: str,
    written: str,
    *,
    by: Actor,
    at: datetime,
) -> Verdict:
    """Whether this is the code that was sent there last; each time counts as a try.

    It is no failure, so that the try is kept with the rest of the transaction.
    """
    code = latest(db, contact.key, destination, lock=True)
    if code is None:
        return "over"
    is_used = code.used_at is not None
    sent = Sent(code.id, code.digest, code.expires_at, code.tries, is_used)
    verdict = rules.verdict(sent, written, at=at)
    code.tries = min(code.tries + 1, rules.TRIES)
    if verdict == "right":
        code.used_at = at
        _log(db, "contact.confirmed", code.id, contact, by=by, at=at)
    return verdict


def latest(
    db: TenantSession, contact: str, destination: str, *, lock: bool = False
) -> DestinationCode | None:
    """The code that went there last, whatever became of it."""
    last = _sent(db, contact, destination).limit(1)
    return db.session.scalar(last.with_for_update() if lock else last)


def _refuse_flood(db: TenantSession, destination: str, *, since: datetime) -> None:
    """Whoever's it is said to be: it rings for all of them."""
    sent = select(func.count()).where(
        DestinationCode.tenant_id == db.tenant_id,
        DestinationCode.destination == destination,
        DestinationCode.sent_at > since,
    )
    if db.session.execute(sent).scalar_one() >= rules.CODES:
        raise TooManyCodes


def _sent(db: TenantSession, contact: str, destination: str) -> Select[DestinationCode]:
    mine = db.rows(DestinationCode).where(
        DestinationCode.destination == destination, DestinationCode.contact == contact
    )
    return mine.order_by(DestinationCode.sent_at.desc(), DestinationCode.id.desc())


def _log(
    db: TenantSession, happened: str, id: UUID, to: Contact, *, by: Actor, at: datetime
) -> None:
    told = {"contact": to.key, "name": to.name}
    proof.record(db, happened, subject=id, at=at, actor=by, **told)
