"""Which menu a caller hears when, what it leads to, and when people answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tenants.rules.opening import State, intervals
from tenants.town import Line, Menu, MenuOption, Town
from townline import localtime

STATES: tuple[State, ...] = ("open", "closed", "holiday")
# A person answers at once, or the caller leaves word for one.
TO_A_PERSON = frozenset(("person", "emergency"))
# What leaves the menus, or gives what was asked for.
ENDS = TO_A_PERSON | {"voicemail", "message", "article"}
DAY = timedelta(days=1)


def menu(town: Town, key: str, state: State) -> Menu | None:
    """A holiday without its own menu is just closed; what fits no other fits all."""
    by_state = {each.when: each for each in town.menus if each.key == key}
    closed = by_state.get("closed") if state == "holiday" else None
    return by_state.get(state) or closed or by_state.get(None)


def reached(town: Town, key: str, state: State) -> tuple[Menu, ...]:
    """The menu and all that its keys lead to, each once, the nearest first."""
    found: dict[str, Menu] = {}
    ahead = [key]
    while ahead:
        following = ahead.pop(0)
        entry = None if following in found else menu(town, following, state)
        if entry:
            found[following] = entry
            ahead += [each.menu for each in entry.options if each.menu]
    return tuple(found.values())


def leads(town: Town, key: str, state: State) -> Iterator[MenuOption]:
    """Every option that can be reached by keys alone."""
    for each in reached(town, key, state):
        yield from each.options


def is_staffed(town: Town, line: Line, *, at: datetime) -> bool:
    """Whether people answer this line at ``at``."""
    if line.service == "messages":
        return False
    if not line.staffed:
        return True
    today = localtime.wall(at, town.time_zone).date()
    windows = intervals(line.staffed, (today - DAY, today), zone=town.time_zone)
    return any(each.opens <= at < each.closes for each in windows)
