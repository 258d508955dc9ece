"""Which fields and headers of a text make up each table of a town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tenants.files.layout import Block, Field, Names


@dataclass(slots=True)
class Held:
    """Whatever in the text speaks of one field."""

    fields: list[Field]
    blocks: list[Block]
    direct: Field | None = None
    entries: list[Spot] = field(default_factory=list)
    table: Spot | None = None


@dataclass(slots=True)
class Spot:
    """One table: its fields and headers, each by its name as seen from here.

    ``under`` are the dotted names before its fields where it has no header.
    """

    path: Names
    home: Block
    under: Names = ()
    fields: list[tuple[Names, Field]] = field(default_factory=list)
    blocks: list[tuple[Names, Block]] = field(default_factory=list)

    @property
    def own(self) -> list[Block]:
        return [self.home, *(block for _, block in self.blocks)]

    @property
    def end(self) -> int:
        return max(block.end for block in self.own)

    def regions(self, *, with_lead: bool) -> list[tuple[int, int]]:
        """Where it stands, as few pieces as possible: others may stand in between.

        ``lead`` are the comments right above it.
        """
        first = self.home.lead if with_lead else self.home.start
        found = [(first, self.home.end)]
        for before, block in pairwise(self.own):
            if block.number == before.number + 1:
                found[-1] = (found[-1][0], block.end)
            else:
                found.append((block.lead, block.end))
        return found

    def held(self, name: str) -> Held:
        mine = [(names[1:], each) for names, each in self.fields if names[0] == name]
        below = [(names[1:], each) for names, each in self.blocks if names[0] == name]
        held = Held([each for _, each in mine], [each for _, each in below])
        path = (*self.path, name)
        if mine and not below:
            if not mine[0][0]:
                held.direct = mine[0][1]
            else:
                held.table = Spot(path, self.home, (*self.under, name), mine)
        elif below and not mine and not below[0][0]:
            if below[0][1].is_item:
                held.entries = _entries(path, below)
            else:
                held.table = _headed(path, below)
        return held

    def end_of_fields(self, before: Sequence[str]) -> int:
        """Where a field is written that is documented after these."""
        earlier = [each for names, each in self.fields if names[0] in before]
        if earlier:
            return max(each.end for each in earlier)
        return self.fields[0][1].start if self.under else self.home.body

    def end_of_blocks(self, before: Sequence[str]) -> int:
        earlier = [each for names, each in self.blocks if names[0] in before]
        return max(each.end for each in (self.home, *earlier))


def whole(blocks: list[Block]) -> Spot:
    first, *others = blocks
    return Spot(
        (),
        first,
        fields=_of(first),
        blocks=[(block.names, block) for block in others],
    )


def _headed(path: Names, below: list[tuple[Names, Block]]) -> Spot:
    home = below[0][1]
    return Spot(path, home, fields=_of(home), blocks=below[1:])


def _entries(path: Names, below: list[tuple[Names, Block]]) -> list[Spot]:
    found: list[Spot] = []
    for names, block in below:
        if names:
            found[-1].blocks.append((names, block))
        else:
            found.append(Spot(path, block, fields=_of(block)))
    return found


def _of(block: Block) -> list[tuple[Names, Field]]:
    return [(each.names, each) for each in block.fields]
