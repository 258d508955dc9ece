"""I10: looking changes nothing, whoever looks and however often; sending does.

That somebody was shown a resident is kept, beside everything and changing none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from tests.conftest import NIGHT
from tests.portal.phones import DAN, Street, street
from townline.db import Database

TABLES = text(
    "select relname from pg_class"
    " where relkind = 'r' and relnamespace = 'public'::regnamespace"
    " and relname <> 'identity_look'"
)


@pytest.fixture
def phones(
    database: Database, engine_database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[Street]:
    with street(database, engine_database, towns, at=NIGHT) as phones:
        yield phones


@pytest.fixture
def link(phones: Street) -> str:
    phones.report()
    return phones.relayed()[DAN]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("part", ["", "/answer", "/progress", "?answer=accept"])
def test_i10_looking_at_a_link_changes_nothing(
    phones: Street, link: str, sweeper: Engine, method: str, part: str
) -> None:
    before = everything(sweeper)

    for _ in range(2):
        phones.client.request(method, f"{link}{part}")

    assert everything(sweeper) == before


def test_i10_sending_the_form_does(phones: Street, link: str, sweeper: Engine) -> None:
    before = everything(sweeper)

    phones.post(f"{link}/answer", answer="accept")

    assert everything(sweeper) != before


def everything(sweeper: Engine) -> dict[str, str | None]:
    """Each table by what is in it."""
    with sweeper.connect() as connection:
        return {
            table: connection.scalar(
                text(f"select md5(string_agg(t::text, '' order by t)) from {table} t")  # noqa: S608
            )
            for table in connection.scalars(TABLES).all()
        }
