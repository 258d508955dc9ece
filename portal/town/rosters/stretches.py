"""What a calendar shows of a roster: every instant between two, nobody's included.

``tenants.rules.rosters`` decides; here its shifts and gaps become one row without
overlap and without a hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from msgspec import structs

from tenants.rules import Gap, Shift, gaps, on_call, shifts
from tenants.rules.rotations import Window
from tenants.town import Key, Roster
from townline import localtime

# Clocks are set by a day at most, and a window may begin at either of its ends.
MARGIN = timedelta(days=2)

AWindow = TypeVar("AWindow", bound=Window)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From one instant until another the same people are on call; nobody is a gap.

    ``instead_of`` are those whom an override replaces, ``away`` who had the turn that
    is nobody's now.
    """

    starts: datetime
    ends: datetime
    contacts: tuple[Key, ...] = ()
    is_override: bool = False
    is_temporary: bool = False
    instead_of: tuple[Key, ...] = ()
    away: tuple[Key, ...] = ()

    @property
    def is_gap(self) -> bool:
        return not self.contacts

    def until(self, ends: datetime) -> Stretch:
        return replace(self, ends=ends)

    def cut(self, *, since: datetime, until: datetime) -> Stretch:
        return replace(self, starts=max(self.starts, since), ends=min(self.ends, until))


def stretches(
    roster: Roster, zone: str, *, since: datetime, until: datetime
) -> tuple[Stretch, ...]:
    """The whole time between two instants, one stretch after the other."""
    roster = _near(roster, zone, since=since, until=until)
    found = shifts(roster, zone, since=since, until=until)
    empty = gaps(roster, zone, since=since, until=until)
    both: tuple[Shift | Gap, ...] = (*found, *empty)
    edges = {since, until}.union(e for it in both for e in (it.starts, it.ends))
    pieces = (
        _piece(roster, zone, found, empty, starts, ends)
        for starts, ends in pairwise(sorted(edges))
    )
    return tuple(_joined(pieces))


def between(
    found: Sequence[Stretch], *, since: datetime, until: datetime
) -> tuple[Stretch, ...]:
    """What of them lies between two instants, cut at both."""
    return tuple(
        each.cut(since=since, until=until)
        for each in found
        if each.starts < until and each.ends > since
    )


def _piece(
    roster: Roster,
    zone: str,
    found: Sequence[Shift],
    empty: Sequence[Gap],
    starts: datetime,
    ends: datetime,
) -> Stretch:
    on = {each.contact: each for each in found if each.starts <= starts < each.ends}
    hole = next((each for each in empty if each.starts <= starts < each.ends), None)
    replaced = (key for each in on.values() for key in each.instead_of)
    return Stretch(
        starts=starts,
        ends=ends,
        contacts=on_call(roster, zone, at=starts),
        is_override=any(each.why == "override" for each in on.values()),
        is_temporary=any(each.why == "temporary" for each in on.values()),
        instead_of=tuple(key for key in dict.fromkeys(replaced) if key not in on),
        away=hole.away if hole else (),
    )


def _joined(pieces: Iterator[Stretch]) -> Iterator[Stretch]:
    """Neighbours that say the same are one."""
    pending: Stretch | None = None
    for each in pieces:
        if pending and replace(each, starts=pending.starts, ends=pending.ends) == (
            pending
        ):
            pending = replace(pending, ends=each.ends)
        else:
            if pending:
                yield pending
            pending = each
    if pending:
        yield pending


def _near(roster: Roster, zone: str, *, since: datetime, until: datetime) -> Roster:
    """Without the windows of other years: they decide nothing here."""
    first = localtime.wall(since, zone) - MARGIN
    last = localtime.wall(until, zone) + MARGIN

    def those(windows: tuple[AWindow, ...]) -> tuple[AWindow, ...]:
        return tuple(
            each for each in windows if each.ends > first and each.starts < last
        )

    return structs.replace(
        roster,
        overrides=those(roster.overrides),
        absences=those(roster.absences),
        temporary=those(roster.temporary),
    )
