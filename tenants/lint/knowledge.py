"""What a town's file cannot say of its people, and the linter should know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tenants.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """``opted_out`` are numbers that told this town STOP; ``heard`` is when a number
    last proved to be alive, and None stands for not having looked. ``elsewhere`` are
    other towns with people of ours: each tells nothing but who is on call there.
    """

    opted_out: frozenset[str] = frozenset()
    heard: Mapping[str, datetime] | None = None
    elsewhere: tuple[Town, ...] = ()


NOTHING = Knowledge()
