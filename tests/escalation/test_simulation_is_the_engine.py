"""I22: what was simulated is, line by line, what the engine then logs.

The engine runs on the real database with a recording carrier. It is driven by its
own timers and promises alone; the story only plays the people and the carriers, by
the script, from what was really sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

import tenants
from escalation.simulation import SCRIPTS, Person, Scenario, Script, simulate
from tenants.town import Category
from tests.conftest import _empty
from tests.escalation.plays import Stage, in_step, of_the_simulator
from townline.db import Database
from townline.tenancy import town

people = st.builds(
    Person,
    nth=st.integers(1, 4),
    does=st.sampled_from(["accept", "decline"]),
    after=st.integers(1, 1800).map(lambda seconds: timedelta(seconds=seconds)),
    arrives=st.booleans(),
)
scripts = st.sampled_from(
    [script for script in SCRIPTS.values() if script.tickets == 1]
) | st.builds(
    Script,
    people=st.lists(people, max_size=3, unique_by=lambda each: each.nth).map(tuple),
    everybody=st.sampled_from([None, "decline"]),
    texts=st.sampled_from(["arrive", "undelivered", "down"]),
)
instants = st.integers(0, 365 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
# Around the hours in which clocks are set forward and back.
changes = st.sampled_from(
    [datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)]
)
near_changes = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    changes,
    st.integers(-600, 180),
)


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    towns: dict[str, UUID],
    database: Database,
    engine_database: Database,
    clean: None,
) -> Stage:
    with town(database, towns[request.param]) as db:
        rules = tenants.current(db).town
    return Stage(towns[request.param], rules, database, engine_database)


@pytest.mark.parametrize("stage", ["riverton", "sainte-aurore"], indirect=True)
def test_what_is_simulated_is_what_the_engine_logs(
    stage: Stage, sweeper: Engine, towns: dict[str, UUID]
) -> None:
    @settings(
        max_examples=5,
        deadline=None,
        # Each example is lived through on a database: shrinking one takes minutes.
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        category=st.sampled_from(stage.rules.categories),
        level=st.integers(1, 5),
        at=instants | near_changes,
        script=scripts,
    )
    def play(category: Category, level: int, at: datetime, script: Script) -> None:
        _empty(sweeper, towns)
        asked = Scenario(
            town=stage.rules, category=category, level=level, at=at, script=script
        )
        foreseen = simulate(asked)
        scenario = replace(asked, at=foreseen.opened_at)

        happened = stage.play(scenario, until=foreseen.lines[-1].at)

        assert in_step(happened) == in_step(of_the_simulator(foreseen.lines))

    play()
