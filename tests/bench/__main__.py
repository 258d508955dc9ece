from __future__ import annotations

import sys

from tests.bench import intake, relays, takeover
from tests.bench.stage import stage


def main() -> int:
    """Print a JSON line a figure; the exit says whether every target was met."""
    met = True
    with stage() as everything:
        for measure in (intake.figures, relays.figures, takeover.figures):
            for figure in measure(everything):
                sys.stdout.write(f"{figure.line()}\n")
                sys.stdout.flush()
                met = met and figure.met
    return 0 if met else 1


sys.exit(main())
