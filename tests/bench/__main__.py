from __future__ import annotations

import sys

from tests.bench import (
    desk,
    duplicates,
    intake,
    relays,
    takeover,
    throughput,
    timers,
    webhooks,
)
from tests.bench.stage import stage

MEASURED = (
    intake.figures,
    throughput.figures,
    relays.figures,
    timers.figures,
    takeover.figures,
    webhooks.figures,
    duplicates.figures,
    desk.figures,
)


def main() -> int:
    """Print a JSON line a figure; the exit says whether every target was met."""
    met = True
    with stage() as everything:
        for measure in MEASURED:
            for figure in measure(everything):
                sys.stdout.write(f"{figure.line()}\n")
                sys.stdout.flush()
                met = met and figure.met
    return 0 if met else 1


sys.exit(main())
