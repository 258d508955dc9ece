"""One worker each, in a process of its own: ours, pgqueuer's and procrastinate's.

All send through the same client to the same receiver. The others' jobs carry words
that are ready, and write down what the receiver answered.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def running(command: tuple[str, ...]) -> Generator[subprocess.Popen[bytes]]:
    """A module of this package with its arguments, for as long as it is needed."""
    module, *words = command
    whole = [sys.executable, "-m", f"{__name__}.{module}", *words]
    with subprocess.Popen(whole) as process:  # noqa: S603 - ourselves
        try:
            yield process
        finally:
            process.terminate()
