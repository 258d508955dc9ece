"""What a town's people do about a ticket: write a note, judge its level, close it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

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
    """``confirmed`` is empty the first time: then it is said what closing does."""

    reason: str = ""
    note: str = ""
    confirmed: str = ""


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
            audience=audience_of(note),
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


def audience_of(note: NewNote) -> Audience:
    if note.audience not in get_args(Audience):
        raise NoSuchAudience
    return cast("Audience", note.audience)


def reason_of(closing: Closing) -> Reason:
    if closing.reason not in get_args(Reason):
        raise NoSuchReason
    return cast("Reason", closing.reason)
