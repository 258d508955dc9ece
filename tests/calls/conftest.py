from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import TestClient

import calls
from calls import Exchange, RecordingExchange, Telephony
from calls.legs.hands import Hand
from calls.web import ROUTES
from notify.carrier import BenchPhone
from notify.web import open_door
from tests.calls.cast import RIVERTON_LINE, SAINTE_AURORE_LINE, Switch, agent, settings
from tests.calls.exchange import Street, listening, ringing, serving
from tests.calls.following import the_call, until
from tests.calls.talks import NINE_ONE_ONE, WATER, OnTheLine
from tests.conftest import NIGHT
from townline.auth import Person
from townline.clock import Clock
from townline.db import Database
from townline.errors import Problem
from townline.settings import Settings
from townline.web.refusals import show_problem


def application(
    engine: Database,
    *,
    told: Settings,
    clock: Clock,
    telephony: Telephony | None = None,
) -> Litestar:
    """The voice webhooks alone, with what the web process gives them."""
    app = Litestar(
        list(ROUTES),
        dependencies={
            "engine": Provide(lambda: engine, sync_to_thread=False),
            "settings": Provide(lambda: told, sync_to_thread=False),
            "clock": Provide(lambda: clock, sync_to_thread=False),
            "telephony": Provide(
                lambda: telephony or RecordingExchange(), sync_to_thread=False
            ),
        },
        exception_handlers={Problem: show_problem},
        openapi_config=None,
    )
    open_door(app, engine=engine, settings=told, clock=clock)
    return app


@pytest.fixture
def maya(towns: dict[str, UUID]) -> Person:
    return agent("Maya Okafor", *towns.values())


@pytest.fixture
def louis(towns: dict[str, UUID]) -> Person:
    return agent("Louis Tremblay", *towns.values())


@pytest.fixture
def switch(engine_database: Database, clean: None) -> Iterator[Switch]:
    """Riverton's line, rung by Helen Marsh in the night."""
    app = application(engine_database, told=settings(), clock=lambda: NIGHT)
    with TestClient(app) as client:
        yield Switch(client)


@pytest.fixture
def french_switch(switch: Switch) -> Switch:
    """Sainte-Aurore's line."""
    return Switch(switch.client, line=SAINTE_AURORE_LINE, caller="+14185550137")


@pytest.fixture(scope="session")
def lasting_street(engine_database: Database) -> Iterator[Street]:
    with listening() as (door, public_url), ringing(public_url) as street:
        told = settings(public_url=public_url, base_url=street.base_url)
        app = application(
            engine_database,
            told=told,
            clock=street.hour,
            telephony=Exchange(told),
        )
        with serving(app, door):
            yield street


@pytest.fixture
def street(lasting_street: Street, clean: None) -> Iterator[Street]:
    lasting_street.bench.reset()
    lasting_street.hour.at = NIGHT
    yield lasting_street
    # No stray report may write while the tables are emptied.
    lasting_street.bench.reset()


@pytest.fixture
def exchange(street: Street) -> Exchange:
    return Exchange(settings(public_url=street.public_url, base_url=street.base_url))


@pytest.fixture
def talk(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> OnTheLine:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    tenant_id = towns["riverton"]
    call = the_call(database, tenant_id)
    hand = Hand(
        database=database, tenant_id=tenant_id, by=maya, telephony=exchange, at=NIGHT
    )
    calls.take(database, tenant_id, call.id, by=maya, telephony=exchange, at=NIGHT)
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.agent.wait_until_connected()
    street.helen.wait_until_connected()
    until(database, tenant_id, lambda each: each.room is not None)
    return OnTheLine(street, database, hand, call)


@pytest.fixture
def dispatcher(street: Street) -> BenchPhone:
    return street.bench.phone(NINE_ONE_ONE.number)


@pytest.fixture
def dan(street: Street) -> BenchPhone:
    return street.bench.phone(WATER.number)
