"""Riverton's rosters in stories: what holds, what is drafted, and no trace of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, text

import tenants
from tenants import drafting
from tenants.rules import on_call, staffed
from tenants.town import Town
from tests.portal.town.nights import Night
from townline import localtime

ROSTERS = "/town/riverton/rules/rosters"
WATER = f"{ROSTERS}/water"
CHICAGO = "America/Chicago"


@pytest.fixture
def unwritten(sweeper: Engine, night: Night) -> Iterator[None]:
    """What a story has published is gone before the next one begins."""
    yield
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from town_version where number > 1"))


def holding(night: Night) -> Town:
    with night.town() as db:
        return tenants.current(db).town


def drafted(night: Night) -> Town:
    with night.town() as db:
        return drafting.editing(db).town


def on_water(town: Town, wall: str) -> tuple[str, ...]:
    """Who is on call for Riverton's water when its clocks show this."""
    at = localtime.starts(datetime.fromisoformat(wall), CHICAGO)
    return on_call(staffed(town, town.roster("water")), CHICAGO, at=at)
