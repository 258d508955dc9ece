"""What is added to a ticket: who looks after it, a picture, somebody who asked too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args
from uuid import UUID

from litestar.datastructures import UploadFile

import tickets
from portal.town.hall import Hall
from portal.town.tickets.acts import audience_in
from tickets import Caller, Identity, MeToo, NotAPicture, NotTheirTicket, TellBy
from townline.db import new_id
from townline.errors import Invalid
from townline.i18n import LANGUAGES


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """``assignee`` is an account's id; empty, nobody looks after it any more."""

    assignee: str = ""


@dataclass(frozen=True, slots=True)
class NewPhoto:
    photo: UploadFile | None = None
    audience: str = "town"


@dataclass(frozen=True, slots=True)
class NewReporter:
    """``key`` is made by the page: a double click adds one person."""

    name: str = ""
    phone: str = ""
    email: str = ""
    tell_by: str = "none"
    language: str = "en"
    identity: str = "identified"
    key: str = ""


class NoSuchWay(Invalid):
    """Choose how this person wishes to hear of it, and in which language."""


def assign(hall: Hall, tracking: str, asked: NewAssignment) -> None:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        tickets.assign(
            db,
            ticket.id,
            _account(asked.assignee),
            by=hall.actor,
            at=hall.at,
            self_id=hall.person.account_id,
        )


def add_photo(hall: Hall, tracking: str, new: NewPhoto) -> None:
    if new.photo is None:
        raise NotAPicture(field="photo")
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        tickets.add_photo(
            db,
            ticket.id,
            new.photo.file.read(),
            audience=audience_in(new.audience),
            by=hall.actor,
            at=hall.at,
        )


def add_reporter(hall: Hall, tracking: str, new: NewReporter) -> None:
    me_too = MeToo(client_key=key_of(new.key), caller=_caller(new))
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        tickets.join(db, ticket.id, me_too, at=hall.at, by=hall.actor)


def key_of(sent: str) -> UUID:
    """The page's own; whoever sends none is not protected against sending twice."""
    try:
        return UUID(sent)
    except ValueError:
        return new_id()


def _account(sent: str) -> UUID | None:
    if not sent:
        return None
    try:
        return UUID(sent)
    except ValueError as nobody:
        raise NotTheirTicket(field="assignee") from nobody


def _caller(new: NewReporter) -> Caller:
    known = new.tell_by in get_args(TellBy) and new.identity in get_args(Identity)
    if not known or new.language not in LANGUAGES:
        raise NoSuchWay(field="tell_by")
    return Caller(
        identity=cast("Identity", new.identity),
        name=new.name,
        phone=new.phone,
        email=new.email,
        language="fr" if new.language == "fr" else "en",
        tell_by=cast("TellBy", new.tell_by),
    )
