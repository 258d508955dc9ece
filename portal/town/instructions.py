"""What is done differently for a while: given by the town, and holding at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from msgspec import structs

from portal.town import changes
from portal.town.hall import Hall
from portal.town.sheets import Kind, Sheet
from tenants.drafting import Drop, Edit, Put, mark
from tenants.town import Instruction, Town
from townline import localtime
from townline.errors import Conflict, Forbidden, Invalid
from townline.i18n import gettext, language

INSTRUCTIONS = Kind(part=Instruction, table="instructions", called="text", first=4)

When = Literal["now", "coming", "over", "draft"]


@dataclass(frozen=True, slots=True)
class Held:
    """``draft``: it, or what was changed of it, holds only when that is published."""

    instruction: Instruction
    starts_at: datetime
    ends_at: datetime
    when: When
    theirs: bool


def held(hall: Hall, town: Town, holding: Town) -> tuple[Held, ...]:
    """The draft's, what holds now first."""
    found = (_held(hall, each, holding) for each in town.instructions)
    turns = ("now", "coming", "draft", "over")
    return tuple(sorted(found, key=lambda each: turns.index(each.when)))


def blank(hall: Hall, town: Town) -> dict[str, str]:
    now = localtime.wall(hall.at, town.time_zone).replace(tzinfo=None)
    return {
        "author": hall.person.name,
        "source": "portal",
        "starts": now.isoformat(timespec="minutes"),
    }


def may_say(hall: Hall, town: Town, instruction: Instruction) -> bool:
    """Whoever looks after some departments speaks of their categories only."""
    own = hall.departments
    if own is None:
        return True
    of = {each.key: each.department for each in town.categories}
    return bool(instruction.categories) and all(
        of.get(each) in own for each in instruction.categories
    )


def let_hold(
    hall: Hall, it: Sheet[Instruction], holding: Town, *, reason: str
) -> Sheet[Instruction]:
    """At once, without the rest of the draft; else the same sheet with why not."""
    if not may_say(hall, it.town, it.entry):
        words = gettext("Choose categories of your departments only.")
        it = replace(it, faults={**it.faults, "categories": words})
    if it.faults:
        return replace(it, tried=True, misshapen=True)
    text = it.entry.text.in_(language())
    why = reason or gettext("Temporary instruction: {text}").format(text=text)
    try:
        changes.change_now(hall, _put(it, holding), reason=why)
    except (Conflict, Invalid) as refused:
        return replace(it, remedy=gettext(str(refused)))
    return replace(it, kept=True)


def end(hall: Hall, town: Town, key: str) -> None:
    """It is over from this minute on; what has not begun never will."""
    known = town.instruction(key)
    if not may_say(hall, town, known):
        raise Forbidden
    wall = localtime.wall(hall.at, town.time_zone).replace(tzinfo=None)
    now = wall.replace(second=0, microsecond=0)
    change: Edit = Drop(table="instructions", key=key)
    if known.starts < now:
        over = structs.replace(known, ends=now)
        change = Put(table="instructions", key=key, entry=over)
    words = gettext("Ended: {text}").format(text=known.text.in_(language()))
    changes.change_now(hall, change, reason=words)


def categories_of(hall: Hall, town: Town) -> Mapping[str, str]:
    """Which of them whoever asks may speak of, by their keys."""
    own = hall.departments
    return {
        each.key: each.name.in_(language())
        for each in town.categories
        if own is None or each.department in own
    }


def _put(it: Sheet[Instruction], holding: Town) -> Put:
    """Against what holds: the form may have shown what only the draft has."""
    known = [each for each in holding.instructions if each.key == it.key]
    shown = known and mark(known[0]) == it.was
    return Put(
        table="instructions",
        entry=it.entry,
        key=it.key if known else "",
        was=it.was if shown else "",
    )


def _held(hall: Hall, it: Instruction, holding: Town) -> Held:
    zone = holding.time_zone
    starts_at = localtime.starts(it.starts, zone)
    ends_at = localtime.ends(it.ends, zone)
    when: When = "now" if starts_at <= hall.at else "coming"
    if ends_at <= hall.at:
        when = "over"
    if it not in holding.instructions:
        when = "draft"
    return Held(it, starts_at, ends_at, when, may_say(hall, holding, it))
