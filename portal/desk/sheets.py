"""What a desk needs when nothing works but telephones: everything, on paper.

Printed now and then, kept at the desk, or as one file on a stick: who is rung about
what, the sentences to say, the questions, and numbered sheets to fill in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

import escalation
import tenants
import tickets
from escalation import ToRing
from tenants.rules import choose_policy, shifts
from tenants.town import Category, Contact, Town
from tickets.sheets import MOST_SHEETS
from townline.proof import Actor
from townline.tenancy import TenantSession

# Long enough to see the next hand-over of a weekly roster.
AHEAD = timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Who is rung, one after the other, about any of these categories."""

    level: int
    department: str
    categories: tuple[Category, ...]
    people: tuple[ToRing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Somebody's turn on a roster, from when and until when."""

    roster: str
    contact: Contact
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """What the template calls ``it``."""

    town: Town
    version: int
    at: datetime
    ladders: tuple[Ladder, ...]
    duties: tuple[Duty, ...]
    numbers: tuple[str, ...]


def booklet(
    db: TenantSession, count: int, *, at: datetime, by: Actor, language: str
) -> Booklet:
    """The town as it is now; its ``count`` numbers are nobody else's any more."""
    current = tenants.current(db)
    reserved = tickets.sheets.reserve(db, min(count, MOST_SHEETS), at=at, by=by)
    return Booklet(
        town=current.town,
        version=current.number,
        at=at,
        ladders=tuple(_ladders(current.town, at=at, language=language)),
        duties=tuple(_duties(current.town, at=at, language=language)),
        numbers=tuple(tickets.sheets.named(db, each) for each in reserved),
    )


def print_style() -> str:
    """The style sheet of the booklet, for the file that has nothing beside it."""
    return (files("portal") / "static" / "sheets.css").read_text()


def _ladders(town: Town, *, at: datetime, language: str) -> Iterator[Ladder]:
    """The gravest first; categories that ring the same people stand together."""
    together: dict[tuple[int, str, str], list[Category]] = {}
    for category in town.categories:
        policy = choose_policy(town, category, level=category.level, at=at).policy
        key = (category.level, category.department, policy.key)
        together.setdefault(key, []).append(category)
    for (level, department, _), found in sorted(together.items()):
        people = escalation.by_hand(town, found[0], level, at=at)
        name = town.department(department).name.in_(language)
        yield Ladder(
            level=level, department=name, categories=tuple(found), people=people
        )


def _duties(town: Town, *, at: datetime, language: str) -> Iterator[Duty]:
    for roster in town.rosters:
        until = at + AHEAD
        for shift in shifts(roster, town.time_zone, since=at, until=until):
            yield Duty(
                roster=roster.name.in_(language),
                contact=town.contact(shift.contact),
                starts=shift.starts,
                ends=shift.ends,
            )
