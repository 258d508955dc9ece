"""Which temporary instructions are in force, and which words of them were read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from tenants.town import Instruction, Town
from townline import localtime


def in_force(town: Town, *, at: datetime) -> tuple[Instruction, ...]:
    """From the minute they start to just before the minute they end, in the town."""
    return tuple(
        each
        for each in town.instructions
        if localtime.starts(each.starts, town.time_zone)
        <= at
        < localtime.ends(each.ends, town.time_zone)
    )


def concerning(
    instructions: Collection[Instruction], category: str
) -> tuple[Instruction, ...]:
    return tuple(each for each in instructions if category in each.categories)


def digest(instruction: Instruction) -> str:
    """What was read: another text, or another time for it, is to be read again."""
    read = (
        instruction.key,
        instruction.text.en,
        instruction.text.fr,
        instruction.starts.isoformat(),
        instruction.ends.isoformat(),
        *instruction.categories,
    )
    return sha256("\x00".join(read).encode()).hexdigest()[:32]
