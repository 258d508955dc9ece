"""What a roster or a contact becomes when somebody stands in, is away, or changes it.

Windows are wall times of the town, as its file has them; who is then on call is for
``tenants.rules`` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar

from msgspec import structs

from portal.town.rosters.dates import wall_of
from portal.town.rosters.stretches import Stretch
from tenants.town import Absence, Contact, Override, Roster, Temporary, Vacation

Kind = Literal["overrides", "absences", "temporary"]
Entry = Override | Absence | Temporary

Item = TypeVar("Item")


def instead(roster: Roster, new: Override) -> Roster:
    """Alone on call: whoever else stood in then makes way, for that time only."""
    kept = (piece for each in roster.overrides for piece in _outside(each, new))
    return structs.replace(roster, overrides=(*kept, new))


def beside(
    roster: Roster, new: Override, found: Iterable[Stretch], *, zone: str
) -> Roster:
    """On call together with whoever is: ``found`` says who that is, in that time."""
    others = (
        Override(
            contact=key,
            starts=wall_of(each.starts, zone),
            ends=wall_of(each.ends, zone),
        )
        for each in found
        if not each.is_override
        for key in each.contacts
        if key != new.contact
    )
    return structs.replace(roster, overrides=(*roster.overrides, *others, new))


def entries(roster: Roster, kind: Kind) -> Sequence[Entry]:
    match kind:
        case "overrides":
            return roster.overrides
        case "absences":
            return roster.absences
        case "temporary":
            return roster.temporary


def added(roster: Roster, entry: Entry) -> Roster:
    match entry:
        case Override():
            return instead(roster, entry)
        case Absence():
            return structs.replace(roster, absences=(*roster.absences, entry))
        case Temporary():
            return structs.replace(roster, temporary=(*roster.temporary, entry))


def dropped(roster: Roster, entry: Entry) -> Roster:
    """Without it; of two that say the same, without one."""
    return structs.replace(
        roster,
        overrides=_less(roster.overrides, entry),
        absences=_less(roster.absences, entry),
        temporary=_less(roster.temporary, entry),
    )


def away(contact: Contact, vacation: Vacation) -> Contact:
    kept = _less(contact.vacations, vacation)
    return structs.replace(contact, vacations=(*kept, vacation))


def back(contact: Contact, vacation: Vacation) -> Contact:
    return structs.replace(contact, vacations=_less(contact.vacations, vacation))


def exchanged(roster: Roster, given: Override, returned: Override | None) -> Roster:
    """One takes a shift of another's, who may take one of theirs in return."""
    roster = instead(roster, given)
    return instead(roster, returned) if returned else roster


def _outside(window: Override, other: Override) -> Iterator[Override]:
    """What of a window is left before another and after it."""
    if window.ends <= other.starts or window.starts >= other.ends:
        yield window
        return
    if window.starts < other.starts:
        yield structs.replace(window, ends=other.starts)
    if window.ends > other.ends:
        yield structs.replace(window, starts=other.ends)


def _less(items: tuple[Item, ...], item: object) -> tuple[Item, ...]:
    for number, each in enumerate(items):
        if each == item:
            return (*items[:number], *items[number + 1 :])
    return items
