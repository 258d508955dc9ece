"""What a town's people do about a ticket: write a note, judge its level, close it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from litestar.datastructures import UploadFile

import tickets
from portal import levels
from portal.levels import NewLevel
from portal.town.hall import Hall
from tickets import Audience, Reason
from townline.errors import Invalid


@dataclass(frozen=True, slots=True)
class NewNote:
    body: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """``confirmed`` is empty the first time: then it is said what closing does.

    A photo that comes with it is kept at once, whether it is confirmed or not.
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


def close(hall: Hall, tracking: str, closing: Closing) -> None:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        tickets.close(
            db,
            ticket.id,
            reason=reason_of(closing),
            note=closing.note,
            by=hall.actor,
            at=hall.at,
        )


def keep_proof(hall: Hall, tracking: str, closing: Closing) -> None:
    """The photo of the finished work: the town's people and the crew see it."""
    if closing.photo is None:
        return
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        upload = closing.photo.file.read()
        tickets.add_photo(
            db, ticket.id, upload, audience="town", by=hall.actor, at=hall.at
        )


def audience_in(sent: str) -> Audience:
    if sent not in get_args(Audience):
        raise NoSuchAudience(field="audience")
    return cast("Audience", sent)


def reason_of(closing: Closing) -> Reason:
    if closing.reason not in get_args(Reason):
        raise NoSuchReason(field="reason")
    return cast("Reason", closing.reason)
