"""What a list is asked for: from an address to filters, and back into an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast, get_args
from urllib.parse import urlencode
from uuid import UUID

from portal.town.hall import Hall
from portal.town.rules import end_of_day
from tenants.town import Town
from tickets import NOBODY, Channel, Due, Filters, Promised
from townline import localtime

DAY = timedelta(days=1)
STATES = ("open", "closed", "all")
LEVELS = frozenset("12345")
ME, NONE = "me", "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As an address, a form and a saved view have it; "" narrows nothing."""

    state: str = "open"
    level: str = ""
    department: str = ""
    category: str = ""
    channel: str = ""
    since: str = ""
    until: str = ""
    promise: str = ""
    assignee: str = ""
    text: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """What is not understood does not narrow the list."""
        known = {key: given.get(key, "").strip() for key in cls.__slots__}
        state = known.pop("state")
        return cls(
            state=state if state in STATES else "open",
            **{key: value for key, value in known.items() if _is_sound(key, value)},
        )

    def query(self, **more: str) -> str:
        every = asdict(self) | more
        return urlencode({key: value for key, value in every.items() if value})

    @property
    def narrowed(self) -> int:
        """By how many of the filters that are not always in sight."""
        out_of_sight = (self.category, self.channel, self.since, self.until)
        return sum(map(bool, (*out_of_sight, self.promise, self.assignee)))

    def wider(self, name: str) -> Asked:
        """Without one of the filters."""
        if name == "dates":
            return replace(self, since="", until="")
        changed = {name: "all" if name == "state" else ""}
        return replace(self, **changed)


def filters_of(asked: Asked, town: Town, hall: Hall) -> Filters:
    zone = town.time_zone
    return Filters(
        state=asked.state,  # type: ignore[arg-type] # one of STATES
        level=int(asked.level) if asked.level else None,
        department=asked.department or None,
        category=asked.category or None,
        channel=cast("Channel", asked.channel) if asked.channel else None,
        since=_midnight(asked.since, zone),
        until=_midnight(asked.until, zone, later=DAY),
        promised=_promised(asked, zone, hall.at),
        assignee=_assignee(asked.assignee, hall),
        text=asked.text,
        within=hall.departments,
    )


def _is_sound(key: str, value: str) -> bool:
    match key:
        case "level":
            return value in LEVELS
        case "channel":
            return value in get_args(Channel)
        case "promise":
            return value in get_args(Due)
        case "since" | "until":
            return _date(value) is not None
        case "assignee":
            return value in (ME, NONE) or _uuid(value) is not None
        case _:
            return "\0" not in value


def _promised(asked: Asked, zone: str, at: datetime) -> Promised | None:
    if not asked.promise:
        return None
    state = cast("Due", asked.promise)
    return Promised(state=state, at=at, day_ends=end_of_day(at, zone))


def _assignee(asked: str, hall: Hall) -> UUID | None:
    match asked:
        case "":
            return None
        case "me":
            return hall.person.account_id
        case "nobody":
            return NOBODY
        case _:
            return UUID(asked)


def _midnight(
    day: str, zone: str, *, later: timedelta = timedelta()
) -> datetime | None:
    """Where the town's day begins; the last day of a list is in it."""
    found = _date(day)
    if found is None:
        return None
    return localtime.starts(datetime.combine(found, time()) + later, zone)


def _date(written: str) -> date | None:
    """Years that no calendar of a town has are no dates."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2200 else None


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
