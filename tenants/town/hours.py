"""When the town hall is open, and what is said first because of it."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import Weekday
from tenants.town.parts import Part, Text


class OpenHours(Part, frozen=True, kw_only=True):
    """One interval of opening on the named weekdays, in the town's wall time.

    Hours that do not close later than they open close on the next day: 00:00 to
    00:00 is a whole day.
    """

    days: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    opens: time
    closes: time


class Closure(Part, frozen=True, kw_only=True):
    """A day of the town's own on which it is closed, or open only in part."""

    day: date
    name: Text
    opens: time | None = None
    closes: time | None = None


class AnswerPhrase(Part, frozen=True, kw_only=True):
    """What an agent, or the greeting, says first; ``{agent}`` is the agent's name."""

    when: Literal["open", "closed", "holiday"]
    agent: Text
    greeting: Text
