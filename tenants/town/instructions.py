"""What a town wants done differently for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tenants.town.fields import Key
from tenants.town.parts import Part, Text


class Instruction(Part, frozen=True, kw_only=True):
    """Every agent reads ``text`` before it counts as known.

    ``starts`` and ``ends`` are wall times of the town. ``called_back`` says that
    whoever phoned it in was rung at a number the town had given before. Without
    ``categories`` it concerns every call.
    """

    key: Key
    text: Text
    starts: datetime
    ends: datetime
    author: str
    source: Literal["email", "phone", "portal"]
    called_back: bool = False
    approved_by: str = ""
    categories: tuple[Key, ...] = ()
