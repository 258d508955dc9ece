"""``python -m tests.mutants [WORD ...]``: all faults, or those that a word names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.mutants.faults import known
from tests.mutants.trials import clean_copy, require_green, tried

# A run waits for its database about as long as it computes.
AT_ONCE = 2


def main(words: Sequence[str]) -> int:
    """Print a line a fault; the exit says whether every one was caught."""
    chosen = [
        each
        for each in known()
        if not words or any(word in each.name for word in words)
    ]
    caught = 0
    with clean_copy() as clean, ThreadPoolExecutor(AT_ONCE) as threads:
        require_green(clean, chosen)
        for verdict in threads.map(partial(tried, clean=clean), chosen):
            sys.stdout.write(f"{verdict.line()}\n")
            sys.stdout.flush()
            caught += verdict.caught_by is not None
    sys.stdout.write(f"{caught} of {len(chosen)} known faults are caught\n")
    return 0 if caught == len(chosen) else 1


sys.exit(main(sys.argv[1:]))
