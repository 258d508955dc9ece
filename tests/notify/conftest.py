"""Two towns whose work commits for real, a carrier that records, an ear that hears."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine

import notify
from notify.carrier import Bench
from notify.channels.recording import RecordingCarrier
from tests.notify.cast import Ear, Place, relay
from tests.notify.dialling import BY_HAND, Agent, hired, the_only
from tests.notify.office import Office, pumping, staffed_office
from tests.notify.senders import (
    TWO_SENDERS,
    WITH_SERVICE,
    Clerk,
    carrier_of_riverton,
    published,
)
from townline.db import Database
from townline.settings import Settings


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


@pytest.fixture(scope="session")
def lasting_office(engine_database: Database) -> Iterator[tuple[Bench, Settings]]:
    with staffed_office(engine_database) as office:
        yield office


@pytest.fixture
def office(
    lasting_office: tuple[Bench, Settings], rivertown: Place, ear: Ear
) -> Iterator[Office]:
    """Everything but the pump: nothing is sent yet."""
    bench, settings = lasting_office
    bench.reset()
    yield Office(rivertown, bench, settings)
    # No stray callback may write while the tables are emptied.
    bench.reset()


@pytest.fixture
def pumped(office: Office) -> Iterator[Office]:
    """The same, with a pump that sends."""
    with pumping(office.place.database, office.settings):
        yield office


@pytest.fixture(scope="session")
def carrier_of_two_lines(engine_database: Database) -> Iterator[tuple[Bench, Settings]]:
    with carrier_of_riverton(engine_database) as carrier:
        yield carrier


@pytest.fixture
def clerk(
    carrier_of_two_lines: tuple[Bench, Settings], rivertown: Place, ear: Ear
) -> Iterator[Clerk]:
    bench, settings = carrier_of_two_lines
    bench.reset()
    yield Clerk(rivertown, bench, settings)
    bench.reset()


@pytest.fixture
def two_senders(clerk: Clerk, sweeper: Engine) -> Iterator[Clerk]:
    with published(clerk.place, sweeper, TWO_SENDERS):
        yield clerk


@pytest.fixture
def with_service(clerk: Clerk, sweeper: Engine) -> Iterator[Clerk]:
    with published(clerk.place, sweeper, WITH_SERVICE):
        yield clerk


@pytest.fixture
def desk(database: Database, rivertown: Place) -> Place:
    """Riverton as agents reach it: not with a worker's rights."""
    return Place(database, rivertown.tenant_id)


@pytest.fixture
def maya(desk: Place) -> Agent:
    return hired(desk, "Maya Okafor")


@pytest.fixture
def louis(desk: Place) -> Agent:
    return hired(desk, "Louis Tremblay")


@pytest.fixture
def task(rivertown: Place) -> UUID:
    """Ana is to be rung by hand, now."""
    rivertown.promise(relay(**BY_HAND))
    return the_only(rivertown).id
