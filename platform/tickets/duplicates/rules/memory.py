"""What was known at a moment of the past, by its place: for learning and measuring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from tickets.duplicates.rules.evidence import Asked, Known, apart
from tickets.duplicates.rules.grid import cell_of, cells_around

# In Boston 99 of 100 repetitions came within 30 days and 500 metres.
WINDOW = timedelta(days=30)
RADIUS = 500.0


@dataclass(slots=True)
class Memory:
    """Tickets are remembered in the order in which they came."""

    cells: dict[int, list[Known]] = field(
        default_factory=lambda: defaultdict[int, list[Known]](list)
    )

    def add(self, known: Known) -> None:
        """What has no point was nowhere, and is not near anything."""
        if known.latitude is not None and known.longitude is not None:
            self.cells[cell_of(known.latitude, known.longitude)].append(known)

    def near(self, asked: Asked, *, at: datetime) -> Iterator[Known]:
        if asked.latitude is None or asked.longitude is None:
            return
        around = cells_around(asked.latitude, asked.longitude, metres=RADIUS)
        found = (_newest(self.cells[cell], at) for cell in around)
        for known in chain.from_iterable(found):
            metres = apart(asked, known)
            if metres is not None and metres <= RADIUS:
                yield known


def _newest(cell: list[Known], at: datetime) -> Iterator[Known]:
    for known in reversed(cell):
        if at - known.opened_at > WINDOW:
            return
        if known.opened_at < at:
            yield known
