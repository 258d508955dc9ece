"""The board that one shift hands to the next: everything that does not end with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import tenants
from calls import handover
from calls.handover import Changes, Handover, HandoverNote
from portal.desk.standing import Thing, things_of
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board

# Whoever comes after a long weekend still finds what was left for them.
RECENTLY = timedelta(days=4)
HISTORY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Shift:
    """One handover over all of its towns that this person may see."""

    id: UUID
    rows: tuple[Handover, ...]
    towns: tuple[Town, ...]

    @property
    def first(self) -> Handover:
        return self.rows[0]

    def changes(self, now: Mapping[UUID, Mapping[str, str]]) -> Changes:
        """Over all towns, from the outgoing signature to this moment."""
        each = [
            handover.changes(row.standing, now.get(row.tenant_id, {}))
            for row in self.rows
        ]
        return Changes(
            came=tuple(words for one in each for words in one.came),
            went=tuple(words for one in each for words in one.went),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverBoard:
    at: datetime
    me: UUID
    towns: Mapping[UUID, Town]
    things: tuple[Thing, ...]
    notes: Sequence[HandoverNote]
    unsigned: tuple[Shift, ...]
    past: tuple[Shift, ...]

    def kind(self, kind: str) -> tuple[Thing, ...]:
        return tuple(each for each in self.things if each.kind == kind)

    @property
    def standing(self) -> Mapping[UUID, Mapping[str, str]]:
        """By town, each thing by its key in its words: what a signature covers."""
        found: dict[UUID, dict[str, str]] = {id: {} for id in self.towns}
        for each in self.things:
            found[each.tenant_id][each.key] = each.words
        return found


def handover_board(
    database: Database, person: Person, *, at: datetime
) -> HandoverBoard:
    with board(database, person.desk_towns) as session:
        towns = tenants.current_of(session)
        things = tuple(things_of(session, towns, at=at))
        notes = handover.notes(session, since=at - RECENTLY)
        unsigned = handover.unsigned(session, since=at - RECENTLY)
        past = handover.past(session, since=at - HISTORY)
    return HandoverBoard(
        at=at,
        me=person.account_id,
        towns=towns,
        things=things,
        notes=notes,
        unsigned=tuple(_shifts(unsigned, towns)),
        past=tuple(_shifts(past, towns)),
    )


def _shifts(rows: Iterable[Handover], towns: Mapping[UUID, Town]) -> Iterator[Shift]:
    by_shift: dict[UUID, list[Handover]] = {}
    for row in rows:
        by_shift.setdefault(row.shift_id, []).append(row)
    for id, parts in by_shift.items():
        yield Shift(id, tuple(parts), tuple(towns[each.tenant_id] for each in parts))
