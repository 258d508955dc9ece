"""Who is on call: a pure function of a roster, its town's zone and an instant.

An override goes before a temporary schedule, and that before the roster's own
rotation; who is away is on call by none of them. Windows follow ``rotations``: two
people may overlap when clocks are set back; nobody never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Literal

from msgspec import structs

from tenants.rules.rotations import Rotation, Window, is_there, takes_away, turns
from tenants.town import Absence, Key, Roster, Town
from townline import localtime

Why = Literal["turn", "temporary", "override"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of one contact's being on call, and whom an override replaces."""

    contact: Key
    starts: datetime
    ends: datetime
    why: Why
    instead_of: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch with nobody on call; ``away`` had the turn, if anybody had."""

    starts: datetime
    ends: datetime
    away: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class _Duty:
    contact: Key
    why: Why
    instead_of: tuple[Key, ...] = ()


def on_call(roster: Roster, zone: str, *, at: datetime) -> tuple[Key, ...]:
    """The contacts to tell; two where turns overlap or overrides are doubled."""
    return tuple(duty.contact for duty in _duties(roster, zone, at))


def shifts(
    roster: Roster, zone: str, *, since: datetime, until: datetime
) -> tuple[Shift, ...]:
    """Every shift between two instants, cut at both, by its beginning."""
    found: dict[_Duty, Shift] = {}
    done: list[Shift] = []
    for starts, ends in pairwise(_boundaries(roster, zone, since, until)):
        duties = _duties(roster, zone, starts)
        done += [found.pop(duty) for duty in [*found] if duty not in duties]
        for duty in duties:
            found[duty] = _prolonged(found.get(duty), duty, starts=starts, ends=ends)
    return tuple(sorted([*done, *found.values()], key=lambda shift: shift.starts))


def gaps(
    roster: Roster, zone: str, *, since: datetime, until: datetime
) -> tuple[Gap, ...]:
    """Every stretch between two instants in which nobody would be told."""
    stretches = pairwise(_boundaries(roster, zone, since, until))
    empty = (
        Gap(starts=starts, ends=ends, away=tuple(turns(roster, zone, starts)))
        for starts, ends in stretches
        if not _duties(roster, zone, starts)
    )
    return tuple(_joined(empty))


def staffed(town: Town, roster: Roster) -> Roster:
    """The roster with everybody's vacations among its absences."""
    vacations = tuple(
        Absence(contact=contact.key, starts=away.starts, ends=away.ends)
        for contact in town.contacts
        for away in contact.vacations
    )
    return structs.replace(roster, absences=(*roster.absences, *vacations))


def _duties(roster: Roster, zone: str, at: datetime) -> tuple[_Duty, ...]:
    away = {each.contact for each in roster.absences if takes_away(each, zone, at)}
    present = [each for each in roster.overrides if each.contact not in away]
    turn = turns(roster, zone, at)
    duties = {
        each.contact: _Duty(each.contact, "override", tuple(turn))
        for each in present
        if is_there(each, zone, at)
    }
    if not any(takes_away(each, zone, at) for each in present):
        for contact, is_temporary in turn.items():
            if contact not in away:
                why: Why = "temporary" if is_temporary else "turn"
                duties.setdefault(contact, _Duty(contact, why))
    return tuple(duties.values())


def _boundaries(
    roster: Roster, zone: str, since: datetime, until: datetime
) -> list[datetime]:
    """The instants at which the answer may change, the two given ones included."""
    inside = {
        instant
        for wall in _wall_times(roster, zone, since, until)
        for instant in localtime.instants(wall, zone)
        if since < instant < until
    }
    return sorted({since, until} | inside)


def _wall_times(
    roster: Roster, zone: str, since: datetime, until: datetime
) -> Iterator[datetime]:
    temporary = (Rotation.instead(each) for each in roster.temporary)
    for rotation in (Rotation.of(roster), *temporary):
        yield from rotation.handovers(zone, since=since, until=until)
    windows: tuple[Window, ...] = roster.overrides
    for window in (*windows, *roster.absences, *roster.temporary):
        yield window.starts
        yield window.ends


def _prolonged(
    shift: Shift | None, duty: _Duty, *, starts: datetime, ends: datetime
) -> Shift:
    if shift is not None:
        return replace(shift, ends=ends)
    return Shift(
        contact=duty.contact,
        starts=starts,
        ends=ends,
        why=duty.why,
        instead_of=duty.instead_of,
    )


def _joined(gaps: Iterator[Gap]) -> Iterator[Gap]:
    """Neighbours with the same person away are one gap."""
    pending: Gap | None = None
    for gap in gaps:
        if pending and (pending.ends, pending.away) == (gap.starts, gap.away):
            pending = replace(pending, ends=gap.ends)
        else:
            if pending:
                yield pending
            pending = gap
    if pending:
        yield pending
