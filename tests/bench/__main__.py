"""All figures, or those of the parts that are named: ``python -m tests.bench desk``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.bench import (
    intake,
    millions,
    relays,
    takeover,
    throughput,
    timers,
    webhooks,
)
from tests.bench.figures import Figure
from tests.bench.stage import Stage, stage

MEASURED = {
    "intake": intake.figures,
    "throughput": throughput.figures,
    "relays": relays.figures,
    "timers": timers.figures,
    "takeover": takeover.figures,
    "webhooks": webhooks.figures,
}


def main(parts: list[str]) -> int:
    """Print a JSON line a figure; the exit says whether every target was met."""
    met = True
    with stage() as everything:
        for figure in _figures(everything, parts or [*MEASURED, *millions.PARTS]):
            sys.stdout.write(f"{figure.line()}\n")
            sys.stdout.flush()
            met = met and figure.met
    return 0 if met else 1


def _figures(everything: Stage, parts: list[str]) -> Iterator[Figure]:
    for part, figures in MEASURED.items():
        if part in parts:
            yield from figures(everything)
    if among := [part for part in millions.PARTS if part in parts]:
        yield from millions.figures(everything, among)


sys.exit(main(sys.argv[1:]))
