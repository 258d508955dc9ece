from __future__ import annotations

from collections.abc import Iterator

import pytest

import tickets
from tests.tickets.cast import Onlooker


@pytest.fixture
def onlooker() -> Iterator[Onlooker]:
    """The only watcher of the tickets of one test."""
    before = list(tickets.WATCHERS)
    watcher = Onlooker()
    tickets.WATCHERS[:] = [watcher]
    yield watcher
    tickets.WATCHERS[:] = before
