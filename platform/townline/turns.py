"""How threads of one process take turns in Python's interpreter."""

from __future__ import annotations

import sys

# A thread that comes back from the database waits until another one gives way, which
# the interpreter asks of it after five milliseconds. A save comes back twenty times,
# and the loop of the sender with every answer: a fiftieth is worth its switches.
SECONDS = 0.0001


def take_short_turns() -> None:
    """For the whole process, and for good: said once, where it starts."""
    sys.setswitchinterval(SECONDS)
