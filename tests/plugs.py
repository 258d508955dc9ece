"""Who listens to whom, for as long as a story wants it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import notify
import surveys
import tickets
from townline.entrypoints.wiring import plug


@contextmanager
def plugged() -> Generator[None]:
    """The capabilities joined as in the product, and afterwards as they were."""
    with as_before():
        plug()
        yield


@contextmanager
def unplugged() -> Generator[None]:
    """Nobody hears of anything but whom the story itself lets listen."""
    with as_before():
        tickets.WATCHERS.clear()
        surveys.HOLDERS.clear()
        notify.LISTENERS.clear()
        yield


@contextmanager
def as_before() -> Generator[None]:
    watchers, holders = tickets.WATCHERS[:], surveys.HOLDERS[:]
    listeners = dict(notify.LISTENERS)
    try:
        yield
    finally:
        tickets.WATCHERS[:], surveys.HOLDERS[:] = watchers, holders
        notify.LISTENERS.clear()
        notify.LISTENERS.update(listeners)
