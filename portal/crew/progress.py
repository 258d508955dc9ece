"""What a crew sends from the page of a ticket that is theirs."""

from __future__ import annotations

from dataclasses import dataclass

from litestar.datastructures import UploadFile

import escalation
import tickets
from portal.crew.visits import Visit
from townline.errors import Conflict


class NotYours(Conflict):
    """This ticket is not in your hands any more, or not yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One form: a step or none, with a note and a photo or neither."""

    step: str = ""
    note: str = ""
    photo: UploadFile | None = None


def keep(visit: Visit, sent: Progress) -> None:
    """The photo first: it may be the proof without which "done" is refused."""
    _require_holder(visit)
    if sent.photo is not None:
        tickets.add_photo(
            visit.db,
            visit.ticket.id,
            sent.photo.file.read(),
            audience="town",
            by=visit.actor,
            at=visit.at,
        )
    match sent.step:
        case "on_the_way" | "on_site" as step:
            _note(visit, sent.note)
            tickets.mark(visit.db, visit.ticket.id, step, by=visit.actor, at=visit.at)
        case "done":
            _finish(visit, sent.note)
        case _:
            _note(visit, sent.note)


def _require_holder(visit: Visit) -> None:
    if visit.ticket.closed_at is not None:
        raise tickets.AlreadyClosed
    standing = escalation.state_of(visit.db, visit.ticket.id)
    holders = standing.holders if standing else ()
    if visit.contact not in {each.contact for each in holders}:
        raise NotYours


def _note(visit: Visit, body: str) -> None:
    if body.strip():
        tickets.add_note(
            visit.db,
            visit.ticket.id,
            body,
            audience="town",
            by=visit.actor,
            at=visit.at,
        )


def _finish(visit: Visit, note: str) -> None:
    """A ticket whose category asks for no proof is closed without a word, too."""
    db, ticket, by, at = visit.db, visit.ticket, visit.actor, visit.at
    tickets.mark(db, ticket.id, "done", by=by, at=at)
    tickets.close(db, ticket.id, reason="done", note=note, by=by, at=at)
