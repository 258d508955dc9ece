"""Whom the desk is asked to ring by hand: across its towns, and one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import notify
from notify import Dial, Notification, ToDial
from portal.desk.board import towns_of
from portal.desk.following import Followed, followed
from tenants.town import Town
from townline.auth import Person
from townline.db import Database, new_id
from townline.tenancy import TenantSession, board


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be rung, and for which town."""

    task: ToDial
    town: Town
    at: datetime

    @property
    def is_overdue(self) -> bool:
        return self.task.agent is None and self.at >= self.task.take_by


@dataclass(frozen=True, slots=True)
class DialBoard:
    """Who waits to be rung, the overdue first; ``me`` is whoever looks."""

    at: datetime
    me: UUID
    asked: tuple[Asked, ...]

    @property
    def next(self) -> Asked | None:
        """The first that no agent has in hand."""
        return next((each for each in self.asked if each.task.agent is None), None)

    @property
    def overdue(self) -> int:
        return sum(each.is_overdue for each in self.asked)


def dial_board(database: Database, person: Person, *, at: datetime) -> DialBoard:
    with board(database, person.desk_towns) as session:
        found = notify.to_dial(session, at=at)
    towns = towns_of(database, (each.tenant_id for each in found))
    asked = (Asked(each, towns[each.tenant_id], at) for each in found)
    return DialBoard(at, person.account_id, tuple(asked))


@dataclass(frozen=True, slots=True, kw_only=True)
class DialSheet:
    """One call to be made: the words, what came of it, and what is known.

    ``mine`` is the reader's latest hold on it; ``rang_us`` is the key under which a
    call from this person to the desk would be written down.
    """

    asked: Notification
    followed: Followed
    mine: Dial | None
    dials: Sequence[Dial]
    lines: tuple[str, ...]
    at: datetime
    rang_us: UUID

    @property
    def in_hand(self) -> bool:
        return self.mine is not None and self.mine.ended_at is None

    @property
    def other(self) -> Dial | None:
        """Somebody else who is dialling at this moment."""
        if self.in_hand:
            return None
        return next((each for each in self.dials if each.is_held(at=self.at)), None)

    @property
    def may_be_taken(self) -> bool:
        waits = self.asked.state == "pending" and self.asked.due_at <= self.at
        return waits and not self.in_hand and self.other is None

    @property
    def is_needed(self) -> bool:
        """Whether an answer is still waited for."""
        return self.asked.state == "pending"


def dial_sheet(
    db: TenantSession, notification_id: UUID, *, by: Person, at: datetime
) -> DialSheet:
    asked = notify.to_be_dialled(db, notification_id)
    every = notify.dials_of(db, asked.id)
    mine = next((e for e in reversed(every) if e.agent_id == by.account_id), None)
    words = notify.script_of(db, mine) if mine else ""
    return DialSheet(
        asked=asked,
        followed=followed(db, asked.subject_id, at=at),
        mine=mine,
        dials=every,
        lines=tuple(words.splitlines()),
        at=at,
        rang_us=new_id(),
    )
