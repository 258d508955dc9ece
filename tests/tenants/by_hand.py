"""The example towns, should they have agents ring whoever is on call first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace
from sqlalchemy import Engine, text

import tenants
from tenants.town import Policy, Rung, Town
from tests.conftest import NIGHT
from tests.tenants.example_towns import TOWNS
from townline.db import Database


def by_hand(town: Town) -> Town:
    """Emergencies begin with a call by an agent; the rest of the ladder stays."""
    return replace(town, policies=tuple(_by_hand(each) for each in town.policies))


def _by_hand(policy: Policy) -> Policy:
    if 1 not in policy.levels:
        return policy
    first, *others = policy.steps
    dialled = replace(first, rungs=(Rung(channel="agent"),), repeat=0)
    return replace(policy, steps=(dialled, *others))


@contextmanager
def ringing_by_hand(database: Database, sweeper: Engine, slug: str) -> Iterator[None]:
    """Published for the length of a story, and then as if it never had been."""
    with database.everybody() as session:
        published = tenants.import_town(
            session,
            tenants.write(by_hand(TOWNS[slug])),
            author="tests",
            reason="agents ring first",
            at=NIGHT,
        )
    try:
        yield
    finally:
        with sweeper.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            version = {"id": published.version_id}
            connection.execute(text("delete from town_version where id = :id"), version)
