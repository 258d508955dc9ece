"""All figures, or those of the parts that are named: ``python -m tests.bench desk``."""

from __future__ import annotations

import sys

from tests.bench import (
    desk,
    duplicates,
    intake,
    portal,
    portal_pages,
    relays,
    takeover,
    throughput,
    timers,
    webhooks,
)
from tests.bench.stage import stage

MEASURED = {
    "intake": intake.figures,
    "throughput": throughput.figures,
    "relays": relays.figures,
    "timers": timers.figures,
    "takeover": takeover.figures,
    "webhooks": webhooks.figures,
    "duplicates": duplicates.figures,
    "desk": desk.figures,
    "portal": portal.figures,
    "pages": portal_pages.figures,
}


def main(parts: list[str]) -> int:
    """Print a JSON line a figure; the exit says whether every target was met."""
    met = True
    with stage() as everything:
        for part in parts or MEASURED:
            for figure in MEASURED[part](everything):
                sys.stdout.write(f"{figure.line()}\n")
                sys.stdout.flush()
                met = met and figure.met
    return 0 if met else 1


sys.exit(main(sys.argv[1:]))
