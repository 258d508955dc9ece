"""What a new version changes for the agents, until each has read it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

import tenants
from tenants import news
from tenants.town import Text
from tests.portal.desk.cast import Agent, Hire
from tests.tenants.example_towns import TOWNS
from tests.tenants.published import published
from townline.db import Database
from townline.tenancy import TenantSession

TOWN = TOWNS["riverton"]
OPEN, *OTHERS = TOWN.phrases
SAID = replace(OPEN, agent=Text(en="Riverton, good day, this is {agent}."))


@pytest.fixture
def new_words(
    engine_database: Database, sweeper: Engine, riverton: TenantSession
) -> Iterator[tenants.Published]:
    town = replace(TOWN, phrases=(SAID, *OTHERS), color="#112233")
    with published(engine_database, sweeper, town) as version:
        yield version
        riverton.session.rollback()


def test_an_agent_reads_what_is_new_for_them_once(
    new_words: tenants.Published, riverton: TenantSession, maya: Agent, tom: Agent
) -> None:
    told = f"The rules have changed for you: version {new_words.number}."
    assert told in maya.get("/desk/instructions")
    page = maya.get("/desk/news")

    address = f"/desk/news/riverton/{new_words.number}/receipt"
    status, _ = maya.send(address)
    maya.send(address)

    assert "<ins>Riverton, good day, this is {agent}.</ins>" in page
    assert "#112233" not in page
    assert status == 303
    assert "You have read everything" in maya.get("/desk/news")
    assert "good day" in tom.get("/desk/news")
    assert [each.reader for each in news.readers_of(riverton, new_words.number)] == [
        "Maya Okafor"
    ]


def test_a_version_that_touches_no_agent_is_no_news(
    engine_database: Database, sweeper: Engine, riverton: TenantSession, maya: Agent
) -> None:
    recoloured = replace(TOWN, color="#112233")
    with published(engine_database, sweeper, recoloured) as version:
        assert "You have read everything" in maya.get("/desk/news")
        address = f"/desk/news/riverton/{version.number}/receipt"
        assert maya.send(address)[0] == 404
        riverton.session.rollback()


def test_another_towns_news_are_not_there(
    new_words: tenants.Published, hire: Hire, towns: dict[str, UUID]
) -> None:
    elsewhere = hire("Zoé Roy", towns["sainte-aurore"])

    address = f"/desk/news/riverton/{new_words.number}/receipt"
    assert elsewhere.send(address)[0] == 404
    assert "You have read everything" in elsewhere.get("/desk/news")
