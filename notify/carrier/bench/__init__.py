"""The bench from a program: pick up a telephone, press keys, read mail, break things.

    crew = carrier.bench.phone("+13125550142")
    crew.answer()
    crew.press("1")
    crew.wait_until_heard("It is yours")

Nothing here sleeps: each step waits in the carrier until the line is ready for it.
"""

from __future__ import annotations

from notify.carrier.bench.bench import Bench
from notify.carrier.bench.mailbox import BenchMailbox
from notify.carrier.bench.phone import BenchPhone
from notify.carrier.bench.wire import BenchRefused

__all__ = ["Bench", "BenchMailbox", "BenchPhone", "BenchRefused"]
