"""Who uses the server and whether it lives, told by locks that the kernel keeps.

A lock goes with the last process that holds it, even one killed with -9, so there
is no list of process ids to go stale.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def held(path: Path) -> Generator[None]:
    """Wait for the lock and keep it for a while."""
    with open_private(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def share(path: Path) -> IO[bytes]:
    """One of many; closing the file is letting go."""
    file = open_private(path)
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def claim(file: IO[bytes]) -> bool:
    """Take the lock for oneself alone, if nobody else has a part in it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_private(path: Path) -> IO[bytes]:
    return open(path, "ab", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
