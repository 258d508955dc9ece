"""What a town sees of its answers and its instructions, and who has read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

import tenants.instructions
from calls import knowledge
from tenants.rules.instructing import digest
from tenants.town import Instruction, Text
from tests.portal.town.cast import MAYA, Clerk, Hire
from tests.portal.town.nights import Night
from tests.tenants.example_towns import TOWNS
from tests.tenants.published import published
from townline.db import Database, new_id

PRESSURE = Instruction(
    key="pressure",
    text=Text(en="Low pressure on Elm is known."),
    starts=datetime.fromisoformat("2026-02-10T16:00"),
    ends=datetime.fromisoformat("2026-02-20T07:00"),
    author="Ana Ruiz",
    source="email",
)


@pytest.fixture
def held(engine_database: Database, sweeper: Engine, night: Night) -> Iterator[None]:
    town = replace(TOWNS["riverton"], instructions=(PRESSURE,))
    with published(engine_database, sweeper, town):
        yield


def tell(night: Night, *, answered: bool, caller: str = "+13125550142") -> None:
    call_id = night.ring(caller)
    with night.town() as db:
        knowledge.note_article(
            db, call_id, "bulk-pickup", answered=answered, by=MAYA, at=night.clock()
        )
    night.hang_up(call_id, "information_given")


def row_of(page: str, title: str) -> list[str]:
    """The figures beside a title, in their order."""
    row = page.split(title)[1].split("</tr>", maxsplit=1)[0]
    return re.findall(r'<td class="num"[^>]*>(\d+)</td>', row)


def test_a_town_sees_which_answer_settled_a_call(night: Night, priya: Clerk) -> None:
    night.clock.later(days=-8)
    tell(night, answered=True)
    night.clock.later(days=8)

    page = priya.get("/town/riverton/articles")

    told = ["1", "1", "0", "0", "0", "0", "0"]
    assert row_of(page, "How to get rid of furniture and appliances") == told


def test_an_answer_that_fails_is_named(night: Night, priya: Clerk) -> None:
    for last in range(3):
        tell(night, answered=False, caller=f"+1312555015{last}")

    page = priya.get("/town/riverton/articles")

    assert "1 answer often fails: it needs other words." in page
    assert "often fails" in page


@pytest.mark.usefixtures("held")
def test_a_town_sees_who_has_read_an_instruction_and_who_has_not(
    night: Night, priya: Clerk, hire: Hire
) -> None:
    hire("Louis Tremblay", night.tenant_id, role="agent")
    with night.town() as db:
        tenants.instructions.mark_read(
            db,
            "pressure",
            digest(PRESSURE),
            account_id=new_id(),
            by=MAYA,
            at=night.clock(),
        )

    page = priya.get("/town/riverton/articles")

    assert "1 agent has read it: Maya Okafor," in page
    assert "Not read yet: Louis Tremblay." in page
    assert "not approved yet" in page


def test_another_towns_manager_sees_none_of_it(hire: Hire, night: Night) -> None:
    stranger = hire("Nemo Noone")

    assert stranger.look("/town/riverton/articles").status_code == 404
