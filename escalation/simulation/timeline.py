"""A rehearsal as it is read: lines in the town's time, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from escalation.simulation.scripts import SCRIPTS, Script
from tenants.town import Category, Level, Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A ticket that might be opened, and the world in which it would be."""

    town: Town
    category: Category
    level: Level
    at: datetime
    script: Script = SCRIPTS["nobody"]
    place: str = "Main St and 1st Ave"
    words: str = ""
    public_url: str = "https://townline.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happens; ``event`` is what the engine's log would call it.

    ``rule`` is why, in the language spoken; ``copies`` is how many tickets say it in
    a storm, and ``leaves_by`` when the last of them has left. Where a step begins,
    ``step`` and ``round`` say which, counted from 1.
    """

    at: datetime
    local: str
    event: str
    says: str
    rule: str
    name: str = ""
    channel: str = ""
    destination: str = ""
    subject: str = ""
    text: str = ""
    segments: int = 0
    cost: Decimal = Decimal(0)
    copies: int = 1
    leaves_by: datetime | None = None
    step: int = 0
    round: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """``first_human`` is None when nobody answers; so is ``last_resort`` when it is
    never told."""

    policy: str
    why: str
    opened_at: datetime
    lines: tuple[Line, ...]
    first_told: datetime | None
    first_call: datetime | None
    first_human: datetime | None
    last_resort: datetime | None
    cost: Decimal
    accepted_by: tuple[str, ...] = ()
