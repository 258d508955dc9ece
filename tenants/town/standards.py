"""What the answering service owes the town, as its contract measures it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.parts import Part


class ServiceLevel(Part, frozen=True, kw_only=True):
    """``target_percent`` of the calls are answered within ``threshold_seconds``.

    ``formula`` says how callers count who hung up; the field knows four, and every
    figure carries the name of its own.
    """

    threshold_seconds: Annotated[int, Meta(ge=1, le=3600)] = 30
    target_percent: Annotated[int, Meta(ge=1, le=100)] = 95
    formula: Literal[1, 2, 3, 4] = 4


class Reviews(Part, frozen=True, kw_only=True):
    """How many of a hundred answered calls are drawn for a supervisor to review."""

    percent: Annotated[int, Meta(ge=0, le=100)] = 2
