"""Two towns whose work commits for real, a carrier that records, an ear that hears."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

import notify
from notify.channels.recording import RecordingCarrier
from tests.notify.cast import Ear, Place
from townline.db import Database


@pytest.fixture
def rivertown(engine_database: Database, towns: dict[str, UUID], clean: None) -> Place:
    """Riverton, as a worker sees it."""
    return Place(engine_database, towns["riverton"])


@pytest.fixture
def aurore(engine_database: Database, towns: dict[str, UUID], clean: None) -> Place:
    """Sainte-Aurore, as a worker sees it."""
    return Place(engine_database, towns["sainte-aurore"])


@pytest.fixture
def carrier() -> RecordingCarrier:
    return RecordingCarrier()


@pytest.fixture
def ear() -> Iterator[Ear]:
    before = dict(notify.LISTENERS)
    ear = Ear()
    notify.LISTENERS["relay"] = ear
    yield ear
    notify.LISTENERS.clear()
    notify.LISTENERS.update(before)
