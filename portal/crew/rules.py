"""What a relay's page asks of its reader, and how far the work is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Stance = Literal["asked", "yours", "taken", "closed"]
Kind = Literal["on_the_way", "on_site", "done"]
State = Literal["past", "now", "ahead"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Step:
    """``at`` is when it was said; ``due`` when it has to be said."""

    kind: Kind
    state: State
    at: datetime | None
    due: datetime | None


def stance(
    *, closed: bool, settled: bool, holders: Collection[str], reader: str
) -> Stance:
    """``settled``: as many have accepted as the policy wants."""
    if closed:
        return "closed"
    if reader in holders:
        return "yours"
    return "taken" if settled else "asked"


def steps(
    said: Mapping[str, datetime], due: Mapping[str, datetime]
) -> tuple[Step, ...]:
    """Who is on site was on the way, even if nobody said so."""
    reached = [number for number, kind in enumerate(KINDS) if kind in said]
    following = max(reached, default=-1) + 1
    return tuple(
        Step(kind, _state(number, following), said.get(kind), due.get(kind))
        for number, kind in enumerate(KINDS)
    )


def _state(number: int, following: int) -> State:
    if number == following:
        return "now"
    return "past" if number < following else "ahead"
