"""Making a new town one's own: what is there already, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import escalation
from escalation import Drill
from portal.evening import Evening, evening_of
from portal.town.hall import Hall
from tenants import drafting, starting
from tenants.drafting import Editing, Put
from tenants.starting import Group
from tenants.town import Category, Town
from townline import auth
from townline.auth import TOWN
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession
from townline.words import phone

# The circle that a town begins with has so many points; whoever draws makes others.
CIRCLE = 17

Mark = Literal["done", "next", "later"]


class NothingChosen(Invalid):
    """Tick what residents are to be able to ask for."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to see to; ``found`` says what there is of it."""

    title: str
    found: str
    address: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The page. ``evening`` is of the draft, where there is one."""

    editing: Editing
    tasks: Sequence[Task]
    evening: Evening
    drill: Drill | None

    @property
    def left(self) -> int:
        return sum(1 for each in self.tasks if not each.done)


def beginning_of(
    db: TenantSession, *, at: datetime, drill: Drill | None = None
) -> Beginning:
    editing = drafting.editing(db)
    known = escalation.knowledge(db, at=at)
    return Beginning(
        editing=editing,
        tasks=tuple(_tasks(db, editing.town)),
        evening=evening_of(editing.town, at=at, known=known),
        drill=drill,
    )


def offered(town: Town) -> tuple[Group, ...]:
    """What of the catalogue the town does not have, department by department."""
    has = {each.key for each in town.categories}
    groups = (
        Group(
            group.department,
            tuple(each for each in group.categories if each.key not in has),
        )
        for group in starting.offered(town.languages)
    )
    return tuple(group for group in groups if group.categories)


def take(db: TenantSession, hall: Hall, keys: Sequence[str]) -> None:
    """Into the draft, with the departments that they belong to."""
    town = drafting.editing(db).town
    chosen = [e for group in offered(town) for e in group.categories if e.key in keys]
    if not chosen:
        raise NothingChosen
    for change in _changes(town, chosen):
        drafting.edit(db, change, by=hall.actor, at=hall.at)


def _changes(town: Town, chosen: Sequence[Category]) -> Iterator[Put]:
    has = {each.key for each in town.departments}
    needed = {each.department for each in chosen} - has
    for group in starting.offered(town.languages):
        if group.department.key in needed:
            yield Put(table="departments", entry=group.department)
    for each in chosen:
        yield Put(table="categories", entry=each)


def _tasks(db: TenantSession, town: Town) -> Iterator[Task]:
    yield from _of_the_town(town)
    yield from _of_people(db, town)
    yield Task(
        gettext("Answers that callers get at once"),
        gettext("{number} so far").format(number=len(town.articles)),
        "/rules/articles",
        bool(town.articles),
    )


def _of_the_town(town: Town) -> Iterator[Task]:
    yield Task(
        gettext("Name, color, lines and hours"),
        ", ".join(phone(line.number) for line in town.lines),
        "/rules/edit",
        bool(town.lines and town.hours),
    )
    drawn = len(town.boundary) != CIRCLE
    yield Task(
        gettext("The town's limits on the map"),
        gettext("drawn") if drawn else gettext("a circle, until somebody draws them"),
        "/rules/boundary",
        drawn,
    )
    yield Task(
        gettext("What residents can ask for"),
        gettext("{number} categories").format(number=len(town.categories)),
        "/start/catalogue",
        bool(town.categories),
    )


def _of_people(db: TenantSession, town: Town) -> Iterator[Task]:
    colleagues = len(auth.people(db, roles=TOWN))
    yield Task(
        gettext("Colleagues who come in here"),
        gettext("{number} so far").format(number=colleagues),
        "/people",
        colleagues > 1,
    )
    yield Task(
        gettext("People who can be told"),
        gettext("{number} so far").format(number=len(town.contacts)),
        "/rules/edit/contacts",
        len(town.contacts) > 1,
    )
    turns = max((len(each.members) for each in town.rosters), default=0)
    yield Task(
        gettext("A roster in which two take turns"),
        gettext("{number} take turns").format(number=turns),
        "/rules/rosters",
        turns > 1,
    )
