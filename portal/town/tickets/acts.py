"""What a town's people do about a ticket: write a note, judge its level, close it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from litestar.datastructures import UploadFile

import tickets
from portal import levels
from portal.levels import NewLevel
from portal.town.hall import Hall
from tickets import Audience, PhotoNeeded, Reason, Ticket
from townline.errors import Invalid
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class NewNote:
    body: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """``confirmed`` is empty the first time: then it is said what closing does.

    The photo comes with the confirmation: it is kept with the closing, or not at all.
    """

    reason: str = ""
    note: str = ""
    confirmed: str = ""
    photo: UploadFile | None = None


class NoSuchAudience(Invalid):
    """Choose who may read this note."""


class NoSuchReason(Invalid):
    """Choose why this ticket is closed."""


def write_note(hall: Hall, tracking: str, note: NewNote) -> None:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        tickets.add_note(
            db,
            ticket.id,
            note.body,
            audience=audience_in(note.audience),
            by=hall.actor,
            at=hall.at,
        )


def change_level(hall: Hall, tracking: str, asked: NewLevel) -> None:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        levels.change(db, ticket, asked, by=hall.person, at=hall.at)


def asks_for_photo(db: TenantSession, ticket: Ticket, closing: Closing) -> bool:
    """Whether a photo is all that is lacking; anything else is refused here."""
    reason = reason_of(closing)
    if closing.note:
        tickets.check_words(closing.note, field="note")
    refused = tickets.refused_closing(db, [ticket], reason=reason, note=closing.note)
    lacking = refused.get(ticket.id)
    if lacking is not None and not isinstance(lacking, PhotoNeeded):
        raise lacking
    return lacking is not None


def close(hall: Hall, tracking: str, closing: Closing) -> None:
    """With the photo of the finished work: the town's people and the crew see it."""
    reason = reason_of(closing)
    with hall.town() as db:
        ticket, by, at = hall.ticket(db, tracking), hall.actor, hall.at
        if closing.photo is not None:
            upload = closing.photo.file.read()
            tickets.add_photo(db, ticket.id, upload, audience="town", by=by, at=at)
        tickets.close(db, ticket.id, reason=reason, note=closing.note, by=by, at=at)


def audience_in(sent: str) -> Audience:
    if sent not in get_args(Audience):
        raise NoSuchAudience(field="audience")
    return cast("Audience", sent)


def reason_of(closing: Closing) -> Reason:
    if closing.reason not in get_args(Reason):
        raise NoSuchReason(field="reason")
    return cast("Reason", closing.reason)
