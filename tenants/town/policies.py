"""Who is told, in what order, and how long each is waited for."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import Channel, Key, Level, Seconds
from tenants.town.parts import Part, Text


class Rung(Part, frozen=True, kw_only=True):
    """One channel to each person of a step, ``after`` seconds into the step."""

    channel: Channel
    after: Seconds = 0


class Step(Part, frozen=True, kw_only=True):
    """Whom to tell, how, and how long to wait before passing on.

    ``to`` names targets as ``roster:KEY``, ``contact:KEY`` or ``department``
    (everybody of the category's department).
    """

    to: Annotated[tuple[str, ...], Meta(min_length=1)]
    rungs: Annotated[tuple[Rung, ...], Meta(min_length=1)]
    wait: Seconds
    repeat: Annotated[int, Meta(ge=0, le=5)] = 0


class QuietHours(Part, frozen=True, kw_only=True):
    """Wall times between which messages of this policy wait until the end."""

    starts: time
    ends: time


class Policy(Part, frozen=True, kw_only=True):
    """The ladder for some levels; the most specific policy that fits wins."""

    key: Key
    name: Text
    levels: Annotated[tuple[Level, ...], Meta(min_length=1)]
    categories: tuple[Key, ...] = ()
    departments: tuple[Key, ...] = ()
    hours: Literal["any", "open", "closed"] = "any"
    steps: tuple[Step, ...]
    rounds: Annotated[int, Meta(ge=1, le=10)] = 1
    last_resort: Annotated[tuple[str, ...], Meta(min_length=1)]
    last_resort_every: Annotated[int, Meta(ge=60, le=86_400)] = 180
    acceptances: Annotated[int, Meta(ge=1, le=5)] = 1
    on_the_way_within: Seconds | None = None
    on_site_within: Seconds | None = None
    quiet: QuietHours | None = None
