"""Agents at Riverton's desk, and what they are asked to dial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import notify
from notify import Dial, Notification, Reported
from tests.notify.cast import NIGHT, TICKET, Place
from townline import proof
from townline.auth import Person
from townline.tenancy import board, town

BY_HAND: dict[str, Any] = {"channel": "agent"}


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody at the desk: each click a transaction of its own."""

    place: Place
    person: Person

    def board(self, at: datetime = NIGHT) -> list[tuple[str, str | None]]:
        with board(self.place.database, self.person.desk_towns) as session:
            found = notify.to_dial(session, at=at)
        return [(each.name, each.agent) for each in found]

    def take(self, task: UUID, *, at: datetime = NIGHT) -> Dial | None:
        with town(self.place.database, self.place.tenant_id) as db:
            dial = notify.take_dial(db, task, by=self.person, at=at)
            db.session.flush()
            db.session.expunge_all()
        return dial

    def says(
        self, task: UUID, dial: UUID, word: Reported, *, at: datetime = NIGHT
    ) -> Dial:
        with town(self.place.database, self.place.tenant_id) as db:
            told = notify.record_dial(db, task, dial, word, by=self.person, at=at)
            db.session.flush()
            db.session.expunge_all()
        return told

    def gives_back(self, task: UUID, *, at: datetime = NIGHT) -> None:
        with town(self.place.database, self.place.tenant_id) as db:
            notify.release_dial(db, task, by=self.person, at=at)


def hired(place: Place, name: str) -> Agent:
    roles = {place.tenant_id: "agent"}
    return Agent(place, Person(uuid4(), name, "", "en", None, roles))


def the_only(place: Place) -> Notification:
    with town(place.database, place.tenant_id) as db:
        return db.session.scalars(db.rows(Notification)).one()


def taken(agent: Agent, task: UUID, *, at: datetime = NIGHT) -> UUID:
    dial = agent.take(task, at=at)
    assert dial is not None
    return dial.id


def said(place: Place) -> list[tuple[str, str]]:
    """Who said what, as the ticket's log has it."""
    with town(place.database, place.tenant_id) as db:
        entries = proof.timeline(db, TICKET)
        return [(each.actor, each.event) for each in entries]
