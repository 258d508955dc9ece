"""Whether a town has its calls recorded, and for how long they are kept."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tenants.town.parts import Part, Text


class Recording(Part, frozen=True, kw_only=True):
    """``announce`` is said to every caller before anything of theirs is recorded."""

    announce: Text
    keep_days: Annotated[int, Meta(ge=1, le=3_660)] = 90
