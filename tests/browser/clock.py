"""The hour in these stories: it starts in the night, runs on, and can be moved."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from tests.conftest import NIGHT


class NightClock:
    """02:12 in Riverton when a story begins; it only ever goes forward."""

    def __init__(self) -> None:
        self.start()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=time.monotonic() - self._counted)

    def start(self) -> None:
        self._began, self._counted = NIGHT, time.monotonic()

    def move(self, by: timedelta) -> None:
        self._began += by
