"""Who is on call: a pure function of a roster, its town's zone and an instant.

A person's own window starts at the first and ends at the last occurrence of its wall
times; what takes somebody away (an absence, another's override) starts at the last
and ends at the first. Two people may overlap when clocks are set back; nobody never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from tenants.town import Absence, Key, Override, Roster
from townline import localtime

Why = Literal["turn", "override"]


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
        Gap(starts=starts, ends=ends, away=_turns(roster, zone, starts))
        for starts, ends in stretches
        if not _duties(roster, zone, starts)
    )
    return tuple(_joined(empty))


def _duties(roster: Roster, zone: str, at: datetime) -> tuple[_Duty, ...]:
    away = {each.contact for each in roster.absences if _takes_away(each, zone, at)}
    present = [each for each in roster.overrides if each.contact not in away]
    turns = _turns(roster, zone, at)
    duties = {
        each.contact: _Duty(each.contact, "override", turns)
        for each in present
        if localtime.starts(each.starts, zone) <= at < localtime.ends(each.ends, zone)
    }
    if not any(_takes_away(each, zone, at) for each in present):
        for contact in turns:
            if contact not in away:
                duties.setdefault(contact, _Duty(contact, "turn"))
    return tuple(duties.values())


def _takes_away(window: Absence | Override, zone: str, at: datetime) -> bool:
    starts = localtime.ends(window.starts, zone)
    return starts <= at < localtime.starts(window.ends, zone)


def _turns(roster: Roster, zone: str, at: datetime) -> tuple[Key, ...]:
    """Whose turn it is by the rotation alone; two while a handover is repeated."""
    number = (localtime.wall(at, zone) - roster.anchor) // timedelta(days=roster.days)
    return tuple(
        roster.members[turn % len(roster.members)]
        for turn in (number - 1, number, number + 1)
        if turn >= 0
        and roster.members
        and localtime.starts(_handover(roster, turn), zone) <= at
        and at < localtime.ends(_handover(roster, turn + 1), zone)
    )


def _handover(roster: Roster, turn: int) -> datetime:
    return roster.anchor + turn * timedelta(days=roster.days)


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
    length = timedelta(days=roster.days)
    first, last = (
        (localtime.wall(at, zone) - roster.anchor) // length for at in (since, until)
    )
    # A handover may be repeated on the day after the one it was due by the wall.
    for turn in range(max(first - 1, 0), last + 3):
        yield _handover(roster, turn)
    windows: tuple[Absence | Override, ...] = (*roster.overrides, *roster.absences)
    for window in windows:
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
