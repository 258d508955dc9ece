"""What a caller can be told on the spot: the town's knowledge base."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import Key
from tenants.town.parts import Part, Text
from tenants.town.policies import Season


class Article(Part, frozen=True, kw_only=True):
    """One answer, whole: ``title`` is what is asked, ``body`` what is said.

    ``synonyms`` are words callers use and the article does not. ``valid_from`` and
    ``valid_until`` are days of the town's calendar, both included. Pinned ones stand
    on top while nothing is typed, and those of a season during it; the lower
    ``order`` first.
    """

    key: Key
    title: Text
    body: Text
    audience: Literal["public", "agents"] = "public"
    categories: tuple[Key, ...] = ()
    synonyms: tuple[str, ...] = ()
    pinned: bool = False
    season: Season | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    order: Annotated[int, Meta(ge=0, le=999)] = 100
