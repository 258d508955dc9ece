"""Riverton and Sainte-Aurore as stages of a replay, with the whole product behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from notify.sending import REHEARSAL
from tests.plugs import plugged
from tests.simulation.cast import RIVERTON, SAINTE_AURORE, WEEKEND, written
from townline.db import Database
from townline.entrypoints.replay import Stage


@pytest.fixture
def riverton_stage(
    database: Database,
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
) -> Iterator[Stage]:
    with plugged():
        yield Stage(
            app=database,
            engine=engine_database,
            tenant_id=towns["riverton"],
            town=RIVERTON,
            desk=REHEARSAL,
        )


@pytest.fixture
def aurore_stage(riverton_stage: Stage, towns: dict[str, UUID]) -> Stage:
    return replace(riverton_stage, tenant_id=towns["sainte-aurore"], town=SAINTE_AURORE)


@pytest.fixture
def weekend(tmp_path: Path) -> Path:
    return written(tmp_path / "weekend.csv", WEEKEND)
