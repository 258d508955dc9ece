"""A house that stands for the whole run, and for each story a night of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, text

from tests.browser.chromium import NARROW, WIDE, Faults, chromium_running
from tests.browser.house import House, standing, working
from tests.browser.people import People, first_planted
from tests.plugs import plugged
from townline.db import Database

LOCALES = {"en": "en-US", "fr": "fr-CA"}
# Of the tables that every test reads: versions that a story published, towns it opened.
LEFT_BEHIND = (
    "delete from town_version where number > 1",
    "delete from line where not tenant_id = any(:towns)",
    "delete from town_version where not tenant_id = any(:towns)",
    "delete from tenant where not id = any(:towns)",
)


class Visit(Protocol):
    """Somebody's browser, with nothing remembered from anybody else's."""

    def __call__(
        self,
        language: str = "en",
        *,
        on: Literal["desktop", "phone"] = "desktop",
        colours: Literal["light", "dark"] = "light",
    ) -> Page: ...


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For one module only: Playwright's loop would be in the way of others' tests."""
    with chromium_running() as browser:
        yield browser


@pytest.fixture(scope="session")
def standing_house(
    database: Database, engine_database: Database, towns: dict[str, UUID]
) -> Iterator[House]:
    with standing(database, engine_database, towns) as house:
        yield house


@pytest.fixture(scope="session")
def people(standing_house: House, sweeper: Engine) -> People:
    people = first_planted(standing_house)
    with sweeper.begin() as connection:
        connection.execute(text("truncate account cascade"))
    return people


@pytest.fixture
def swept(sweeper: Engine, towns: dict[str, UUID]) -> Iterator[None]:
    """To be named before the house, so that it comes after the house's own end."""
    yield
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for statement in LEFT_BEHIND:
            connection.execute(text(statement), {"towns": list(towns.values())})


@pytest.fixture
def house(standing_house: House, people: People, clean: None) -> Iterator[House]:
    """The product at 02:12 of a quiet night, with everybody's account open."""
    house = standing_house
    house.clock.start()
    house.bench.reset()
    people.move_in(house)
    with plugged(), working(house):
        yield house
        # No stray callback may write while the tables are emptied.
        house.bench.reset()


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def visit(chromium: Browser, house: House, faults: Faults) -> Iterator[Visit]:
    """Opens browsers, and fails the story for any fault that a page had in one."""

    def visit(
        language: str = "en",
        *,
        on: Literal["desktop", "phone"] = "desktop",
        colours: Literal["light", "dark"] = "light",
    ) -> Page:
        context = chromium.new_context(
            base_url=house.public_url,
            locale=LOCALES[language],
            viewport=NARROW if on == "phone" else WIDE,
            color_scheme=colours,
        )
        context.set_default_timeout(5_000)
        faults.watch(context)
        return context.new_page()

    yield visit
    for context in chromium.contexts:
        context.close()
    assert not faults, "\n".join(faults)
