"""Fields of the town that are edited together, though no table holds them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tenants.town import Closure, Language, OpenHours, Part, Text
from tenants.town.fields import Color, Email, Monogram, Prefix, Region


class Basics(Part, frozen=True, kw_only=True):
    name: Text
    monogram: Monogram
    prefix: Prefix
    color: Color
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    time_zone: Annotated[str, Meta(min_length=1)]
    holidays: Region
    email: Email


class Opening(Part, frozen=True, kw_only=True):
    hours: tuple[OpenHours, ...]


class Closures(Part, frozen=True, kw_only=True):
    closures: tuple[Closure, ...]
