"""Which entry of a list became which of the changed one, and what names an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count

from tenants.town import Menu, Wording


def name_of(entry: object) -> str:
    """What others know an entry by; empty for one that has only its place.

    Menus of one key differ in when they hold, messages in the way they go, and are
    named by both.
    """
    if isinstance(entry, Menu):
        return f"{entry.key}.{entry.when}" if entry.when else entry.key
    if isinstance(entry, Wording):
        return f"{entry.key}.{entry.channel}"
    names = (getattr(entry, field, "") for field in ("key", "number", "when"))
    return next(filter(None, names), "")


def are_named(*lists: Sequence[object]) -> bool:
    """Whether each list's entries can be told apart by their names."""
    for entries in lists:
        names = [name_of(each) for each in entries]
        if not all(names) or len(set(names)) < len(names):
            return False
    return True


def matched(before: Sequence[object], after: Sequence[object]) -> list[int | None]:
    """For each entry of the new list its place in the old one, if it had any.

    The same name, or without names the same value, is the same entry; and what
    stands between the same neighbours has only changed.
    """
    by_name = are_named(before, after) and bool(before)
    names = [_signs(each, by_name=by_name) for each in (before, after)]
    free: dict[object, list[int]] = {}
    for place, sign in enumerate(names[0]):
        free.setdefault(sign, []).append(place)
    found = [free[sign].pop(0) if free.get(sign) else None for sign in names[1]]
    for old, new in _changed(len(before), found):
        found[new] = old
    return found


def stays(places: Sequence[int]) -> frozenset[int]:
    """Of places in a new order as many as can stay where they are."""
    best: list[tuple[int, ...]] = [()]
    for place in places:
        ahead = [each for each in best if not each or each[-1] < place]
        best.append((*_longest(ahead), place))
    return frozenset(_longest(best))


def _longest(runs: list[tuple[int, ...]]) -> tuple[int, ...]:
    return max(runs, key=len)


def _signs(entries: Sequence[object], *, by_name: bool) -> list[object]:
    if by_name:
        return [name_of(each) for each in entries]
    return [(type(each), each) for each in entries]


def _changed(old: int, found: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Pairs of entries without a counterpart that stand in the same gap."""
    strange = count(-1, -1)
    kept = {place for place in found if place is not None}
    before = [place if place in kept else next(strange) for place in range(old)]
    after = [next(strange) if place is None else place for place in found]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, start, end, new_start, new_end in steps:
        if step == "replace":
            olds = [each for each in range(start, end) if before[each] < 0]
            news = [each for each in range(new_start, new_end) if after[each] < 0]
            yield from zip(olds, news, strict=False)
