"""What /metrics says of all towns together, and that it is cheap to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from litestar.testing import TestClient
from prometheus_client import generate_latest
from prometheus_client.registry import CollectorRegistry
from sqlalchemy import Engine

from tests.conftest import NIGHT
from tests.environment import settings
from tests.watch.conftest import Watched, after, refusing
from townline.db import Database
from townline.entrypoints.app import create_app
from townline.entrypoints.watch import auditor
from townline.entrypoints.watch.figures import Figures, numbers


def scraped(figures: Figures) -> dict[str, float]:
    """As a Prometheus reads it: name and labels to value."""
    registry = CollectorRegistry()
    registry.register(figures)
    return _read(generate_latest(registry).decode())


def _read(told: str) -> dict[str, float]:
    lines = told.splitlines()
    pairs = (each.rsplit(" ", 1) for each in lines if not each.startswith("#"))
    return {name: float(value) for name, value in pairs}


def clock_at(*instants: datetime) -> Callable[[], datetime]:
    """Each asking later than the last; registering asks once."""
    left = iter(instants)
    return lambda: next(left)


@pytest.mark.parametrize(
    ("name", "seconds", "value"),
    [
        pytest.param('townline_message_lag_seconds{lane="emergency"}', 7, 7, id="lag"),
        pytest.param('townline_message_lag_seconds{lane="common"}', 7, 0, id="no lag"),
        pytest.param("townline_timer_lag_seconds", 310, 10, id="a late timer"),
        pytest.param('townline_runs{state="running"}', 1, 1, id="in nobody's hands"),
        pytest.param('townline_runs{state="exhausted"}', 1, 0, id="none exhausted"),
        pytest.param("townline_messages_ambiguous", 1, 0, id="none in doubt"),
        pytest.param("townline_figures_readable", 1, 1, id="the database answers"),
    ],
)
def test_a_figure_is_there_to_be_scraped(
    watched: Watched, name: str, seconds: float, value: float
) -> None:
    figures = Figures(watched.database, lambda: after(seconds))

    assert scraped(figures)[name] == value


def test_claims_and_doubts_have_their_ages(watched: Watched) -> None:
    watched.claim()
    with watched.database.everybody() as session:
        leased = numbers(session, at=after(12))["townline_lease_age_seconds"]
    watched.breaks("update notification set state = 'ambiguous' where tries = 1")
    with watched.database.everybody() as session:
        told = numbers(session, at=after(12))

    assert leased == 12
    assert told["townline_messages_ambiguous"] == 2
    assert told["townline_lease_age_seconds"] == 0


def test_the_last_pass_says_when_it_was_and_what_it_found(watched: Watched) -> None:
    watched.breaks(
        "update timer set state = 'void'",
        "update notification set state = 'delivered'",
    )
    auditor.audit(watched.database, at=NIGHT)

    told = scraped(Figures(watched.database, lambda: after(20)))

    assert told["townline_audit_age_seconds"] == 20
    assert told['townline_audit_number{check="stranded_run"}'] == 1
    assert told['townline_audit_mended{check="stranded_run"}'] == 1


def test_scrapes_within_seconds_cost_one_reading(watched: Watched) -> None:
    times = [after(1), after(2), after(9)]
    figures = Figures(watched.database, clock_at(*times))

    seen = [_lag(figures), _lag(figures), _lag(figures)]

    assert seen == [1, 1, 9]


def _lag(figures: Figures) -> float:
    families = {each.name: each for each in figures.collect()}
    return max(each.value for each in families["townline_message_lag_seconds"].samples)


def test_a_database_that_gives_no_answer_is_a_figure_too(
    watched: Watched, sweeper: Engine
) -> None:
    figures = Figures(watched.database, lambda: NIGHT)
    with refusing(sweeper, "timer"):
        told = figures.collect()

    assert [(each.name, each.samples[0].value) for each in told] == [
        ("townline_figures_readable", 0)
    ]


def test_one_address_shows_them_beside_the_processs_own(
    watched: Watched, database: Database
) -> None:
    here = settings(TOWNLINE_ENGINE_URL=watched.database.url)
    app = create_app(
        here, database=database, engine=watched.database, clock=lambda: after(7)
    )

    with TestClient(app) as client:
        answer = client.get("/metrics")

    told = _read(answer.text)
    assert told['townline_message_lag_seconds{lane="emergency"}'] == 7
    assert "townline_http_answers_total" in answer.text
