from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.chaos.story import storm
from tests.chaos.table import lines


def main() -> int:
    """Print one table; the exit says whether every promise was kept or seen to fail."""
    words = argparse.ArgumentParser(prog="make chaos")
    words.add_argument("--seconds", type=float, default=90.0)
    words.add_argument("--every", type=float, default=0.3, help="seconds a ticket")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--keep-logs", type=Path, help="a folder for what was said")
    told = words.parse_args()
    report = storm(
        seconds=told.seconds,
        seed=told.seed,
        every=told.every,
        keep_logs=told.keep_logs,
    )
    for line in lines(report):
        sys.stdout.write(f"{line}\n")
    return 1 if report.broken else 0


sys.exit(main())
