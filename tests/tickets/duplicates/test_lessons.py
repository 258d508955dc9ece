"""A town teaches the desk by its own me-toos, and by nobody else's."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import MAYA, hydrant
from tickets import Caller, MeToo
from tickets.duplicates import jobs, lessons, teach
from tickets.duplicates.learnt import model_of
from tickets.duplicates.shipped import SHIPPED
from townline.db import Database
from townline.tenancy import TenantSession

LATER = NIGHT + timedelta(days=1)
POINT = {"latitude": 41.881, "longitude": -87.631}


@pytest.fixture
def joined(riverton: TenantSession) -> None:
    """A hydrant that fifty callers mean, and another that nobody does."""
    leak = tickets.open(riverton, hydrant(**POINT), at=NIGHT, by=MAYA)
    tickets.open(riverton, hydrant(**POINT), at=NIGHT, by=MAYA)
    for number in range(lessons.FEWEST_PAIRS):
        me_too = MeToo(
            client_key=uuid4(),
            caller=Caller(name=f"Caller {number}"),
            category="fire-hydrant",
            place="Elm St and 4th Ave",
            **POINT,
        )
        at = NIGHT + timedelta(minutes=1 + number)
        tickets.join(riverton, leak.id, me_too, at=at, by=MAYA)
    riverton.session.commit()


def test_a_town_with_few_pairs_keeps_what_is_shipped(riverton: TenantSession) -> None:
    assert not teach(riverton, at=LATER)
    assert model_of(riverton) is SHIPPED


def test_fifty_me_toos_are_a_lesson(
    riverton: TenantSession, sainte_aurore: TenantSession, joined: None
) -> None:
    assert teach(riverton, at=LATER)

    own = model_of(riverton)
    before = SHIPPED.kinds.often("fire-hydrant")
    assert own.kinds.often("fire-hydrant") > before
    assert model_of(sainte_aurore) is SHIPPED


def test_a_lesson_is_given_once_a_week(
    riverton: TenantSession, engine_database: Database, joined: None
) -> None:
    first = jobs.learn_anew(engine_database, at=LATER)
    again = jobs.learn_anew(engine_database, at=LATER)

    assert (first, again) == (1, 0)
    assert jobs.learn_anew(engine_database, at=LATER + lessons.RARELY) == 1
