"""Who is told, in what order, and how long each is waited for."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import (
    Calendar,
    Key,
    Level,
    MonthDay,
    RungChannel,
    Seconds,
    Weekday,
)
from tenants.town.parts import Part, Text


class Rung(Part, frozen=True, kw_only=True):
    """One channel to each person of a step, ``after`` seconds into the step.

    By channel "agent" somebody at the answering service dials them by hand; by
    "preferred" each is told as they want (``tenants.rules.preferences``).
    """

    channel: RungChannel
    after: Seconds = 0


class Step(Part, frozen=True, kw_only=True):
    """Whom to tell, how, and how long to wait before passing on.

    ``to`` names targets: ``tenants.rules.targets`` says what each kind means.
    """

    to: Annotated[tuple[str, ...], Meta(min_length=1)]
    rungs: Annotated[tuple[Rung, ...], Meta(min_length=1)]
    wait: Seconds
    repeat: Annotated[int, Meta(ge=0, le=5)] = 0


class QuietHours(Part, frozen=True, kw_only=True):
    """Wall times between which messages of this policy wait until the end."""

    starts: time
    ends: time


class Season(Part, frozen=True, kw_only=True):
    """Days of every year, both included; one that passes the new year is one season."""

    first: MonthDay
    last: MonthDay


class Dates(Part, frozen=True, kw_only=True):
    """Certain days, both included."""

    first: date
    last: date


class TimeSpan(Part, frozen=True, kw_only=True):
    """Wall times; a span that does not end later than it starts ends the next day."""

    starts: time
    ends: time


class Policy(Part, frozen=True, kw_only=True):
    """The ladder for some levels; the most specific policy that fits wins.

    ``days`` to ``times`` narrow when it holds, and none of them means always.
    ``digest`` are the wall times at which what is of level 5 is told together.
    """

    key: Key
    name: Text
    levels: Annotated[tuple[Level, ...], Meta(min_length=1)]
    categories: tuple[Key, ...] = ()
    departments: tuple[Key, ...] = ()
    hours: Literal["any", "open", "closed"] = "any"
    days: tuple[Weekday, ...] = ()
    dates: tuple[Dates, ...] = ()
    seasons: tuple[Season, ...] = ()
    calendar: Calendar = "any"
    times: tuple[TimeSpan, ...] = ()
    steps: tuple[Step, ...]
    rounds: Annotated[int, Meta(ge=1, le=10)] = 1
    last_resort: Annotated[tuple[str, ...], Meta(min_length=1)]
    last_resort_every: Annotated[int, Meta(ge=60, le=86_400)] = 180
    acceptances: Annotated[int, Meta(ge=1, le=5)] = 1
    on_the_way_within: Seconds | None = None
    on_site_within: Seconds | None = None
    done_within: Seconds | None = None
    keep_acceptances: bool = True
    quiet: QuietHours | None = None
    digest: tuple[time, ...] = ()
