"""The telephones and addresses of a contact, and which of them nobody has confirmed.

Whoever is asked for the code that was sent there has it, or has not: then it is theirs.
The town may also give its own word for one, and take that back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from msgspec.structs import replace

import notify
from notify import Message, Recipient
from notify.message import Channel
from portal.town.changes import publishing
from portal.town.entries import find
from portal.town.hall import Hall
from portal.town.sections import section
from tenants import confirming, drafting
from tenants.confirming import LASTS, DestinationCode, Fresh, Verdict
from tenants.drafting import Put
from tenants.town import Contact, Part
from townline.errors import NotFound
from townline.i18n import gettext
from townline.tenancy import TenantSession
from townline.words import phone

TABLE = "contacts"
# Somebody is waiting for it on another line; it goes before letters and surveys.
LEVEL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """``code`` is the one that went there last, if it can still be told."""

    where: str
    shown: str
    label: str
    channels: tuple[Channel, ...]
    is_confirmed: bool
    code: DestinationCode | None


def destinations(contact: Contact) -> tuple[str, ...]:
    """Each once, in the order in which they are asked for."""
    found = (contact.mobile, contact.landline, contact.email)
    return tuple(dict.fromkeys(each for each in found if each))


def with_unverified(part: Part, before: Part | None) -> Part:
    """What is new has not been confirmed; what was there stays as it was."""
    if not isinstance(part, Contact):
        return part
    known, waiting = set[str](), set[str]()
    if isinstance(before, Contact):
        known, waiting = {*destinations(before)}, {*before.unverified}
    unverified = (
        each for each in destinations(part) if each in waiting or each not in known
    )
    return replace(part, unverified=tuple(unverified))


def shown(db: TenantSession, contact: Contact, *, at: datetime) -> list[Destination]:
    return [_shown(db, contact, where, at=at) for where in destinations(contact)]


def send_code(hall: Hall, key: str, where: str, channel: str) -> None:
    """By text, call or letter; another code makes the earlier one worthless."""
    with hall.town() as db:
        contact = _contact(db, key, where)
        if channel not in _channels(contact, where):
            raise NotFound
        fresh = confirming.make(db, contact, where, by=hall.actor, at=hall.at)
        message = _message(hall, contact, where, fresh, channel)
        notify.promise_all(db, [message], at=hall.at)


def hear_code(hall: Hall, key: str, where: str, written: str) -> Verdict:
    """The right one counts at once where the destination holds, and in the draft."""
    with hall.town() as db:
        contact = _contact(db, key, where)
        verdict = confirming.hear(
            db, contact, where, written, by=hall.actor, at=hall.at
        )
        if verdict == "right":
            publishing.confirm_now(db, key, where, by=hall.actor, at=hall.at)
            _confirm(hall, db, _contact(db, key, where), where)
        return verdict


def vouch(hall: Hall, key: str, where: str) -> None:
    """The town knows without a code that this is theirs."""
    with hall.town() as db:
        _confirm(hall, db, _contact(db, key, where), where)


def doubt(hall: Hall, key: str, where: str) -> None:
    """Nothing is sent there from the next version on, until it is confirmed."""
    with hall.town() as db:
        contact = _contact(db, key, where)
        unverified = {*contact.unverified, where}
        _put(hall, db, contact, unverified)


def _contact(db: TenantSession, key: str, where: str) -> Contact:
    """As it is being edited; NotFound if this is not a destination of theirs."""
    town = drafting.editing(db).town
    contact = cast(Contact, find(section(TABLE), town, key))
    if where not in destinations(contact):
        raise NotFound
    return contact


def _confirm(hall: Hall, db: TenantSession, contact: Contact, where: str) -> None:
    _put(hall, db, contact, {*contact.unverified} - {where})


def _put(hall: Hall, db: TenantSession, contact: Contact, waiting: set[str]) -> None:
    unverified = tuple(each for each in destinations(contact) if each in waiting)
    changed = replace(contact, unverified=unverified)
    if changed != contact:
        change = Put(table=TABLE, entry=changed, key=contact.key)
        drafting.edit(db, change, by=hall.actor, at=hall.at)


def _channels(contact: Contact, where: str) -> tuple[Channel, ...]:
    if where == contact.email:
        return ("email",)
    return ("sms", "voice") if where == contact.mobile else ("voice",)


def _shown(
    db: TenantSession, contact: Contact, where: str, *, at: datetime
) -> Destination:
    labels = {
        contact.email: gettext("Email"),
        contact.landline: gettext("Landline"),
        contact.mobile: gettext("Mobile"),
    }
    code = confirming.latest(db, contact.key, where)
    is_live = code is not None and code.used_at is None and at < code.expires_at
    return Destination(
        where=where,
        shown=where if where == contact.email else phone(where),
        label=labels[where],
        channels=_channels(contact, where),
        is_confirmed=where not in contact.unverified,
        code=code if is_live else None,
    )


def _message(
    hall: Hall, contact: Contact, where: str, fresh: Fresh, channel: Channel
) -> Message:
    """To the destination, not to the contact: it is no relay, and nobody's ticket."""
    return Message(
        key=f"destination-code/{fresh.id}",
        to=Recipient("town", contact.key, contact.name, contact.language),
        channel=channel,
        destination=where,
        purpose="notice",
        template="destination_code",
        context={
            "secret": fresh.code,
            "by": hall.person.name,
            "minutes": LASTS // timedelta(minutes=1),
        },
        subject_id=fresh.id,
        level=LEVEL,
        due_at=hall.at,
        expires_at=fresh.expires_at,
    )
