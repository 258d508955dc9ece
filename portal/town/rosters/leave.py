"""Who of a roster's people is away, as rows below its month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.town.rosters.grid import Cell, Scale, Week, cells
from portal.town.rosters.people import everybody
from portal.town.rosters.stretches import Stretch, between
from tenants.rules import staffed
from tenants.rules.rotations import Window
from tenants.town import Key, Roster, Town
from townline import localtime


@dataclass(frozen=True, slots=True)
class Blank:
    """Columns in which they are not away."""

    span: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's days off in one week."""

    contact: Key
    cells: tuple[Cell | Blank, ...]


def aways(
    town: Town, roster: Roster, *, since: datetime, until: datetime
) -> Mapping[Key, tuple[Stretch, ...]]:
    """By person, what of two instants they are away, without overlaps."""
    windows: dict[Key, list[Stretch]] = {}
    mine = everybody(roster)
    for each in staffed(town, roster).absences:
        away = _away(each, each.contact, town.time_zone)
        if each.contact in mine and away.starts < away.ends:
            windows.setdefault(each.contact, []).append(away)
    return {
        key: tuple(_merged(between(tuple(found), since=since, until=until)))
        for key, found in windows.items()
    }


def lanes(
    week: Week, away: Mapping[Key, Sequence[Stretch]], by: Scale
) -> Iterator[Lane]:
    for contact, found in away.items():
        if parts := tuple(cells(week, found, by)):
            yield Lane(contact, tuple(_spaced(week, parts, by)))


def _away(window: Window, contact: Key, zone: str) -> Stretch:
    """Never before others are asked, and over as soon as they are not."""
    return Stretch(
        starts=localtime.ends(window.starts, zone),
        ends=localtime.starts(window.ends, zone),
        contacts=(contact,),
    )


def _merged(found: Sequence[Stretch]) -> Iterator[Stretch]:
    pending: Stretch | None = None
    for each in sorted(found, key=lambda each: each.starts):
        if pending and each.starts <= pending.ends:
            pending = pending.until(max(pending.ends, each.ends))
        else:
            if pending:
                yield pending
            pending = each
    if pending:
        yield pending


def _spaced(week: Week, parts: Sequence[Cell], by: Scale) -> Iterator[Cell | Blank]:
    place = week.since
    for each in parts:
        if place < each.part.starts:
            yield Blank(by.span(week, place, each.part.starts))
        yield each
        place = each.part.ends
    if place < week.until:
        yield Blank(by.span(week, place, week.until))
