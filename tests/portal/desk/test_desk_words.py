"""Answers, categories and instructions on the desk, found and read while typing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

import tickets
from calls import knowledge
from tenants.town import Instruction, Text
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, ring
from tests.tenants.example_towns import TOWNS
from tests.tenants.published import Publish, publish
from tests.tickets.cast import MAYA, hydrant
from tickets.suggesting import learn
from townline.tenancy import TenantSession

__all__ = ["publish"]

RIVERTON = TOWNS["riverton"]
PRESSURE = Instruction(
    key="pressure",
    text=Text(en="Low pressure on Elm is known."),
    starts=datetime.fromisoformat("2026-02-10T16:00"),
    ends=datetime.fromisoformat("2026-02-11T07:00"),
    author="Ana Ruiz",
    source="email",
    categories=("low-water-pressure",),
)


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> UUID:
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    return arrived


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


@pytest.fixture
def held(publish: Publish) -> Instruction:
    """Riverton's instruction until seven in the morning."""
    publish(replace(RIVERTON, instructions=(PRESSURE,)))
    return PRESSURE


def digest_in(page: str) -> str:
    found = re.search(r"&#34;digest&#34;: &#34;(\w+)|\"digest\": \"(\w+)", page)
    assert found, page
    return found[1] or found[2]


def test_pinned_and_seasonal_answers_wait_on_the_page(maya: Agent, here: str) -> None:
    page = maya.get(here)

    assert "Shut off the water at the house valve" in page
    assert "Where to get warm tonight" in page
    assert "Garbage in Thanksgiving week" not in page


def test_an_answer_is_found_misspelt_and_shown_in_full(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/articles", typed="garbge")

    assert '<details id="article-missed-garbage" open>' in page
    assert "the crew comes back the next working day" in page
    assert "Parking ban" not in page


def test_those_of_the_chosen_category_stand_first(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/articles", category="snow-plowing")

    assert page.index("Parking ban") < page.index("Shut off the water")


def test_words_of_no_article_say_so(maya: Agent, here: str) -> None:
    assert "No article has these words" in maya.get(f"{here}/articles", typed="zzzz")


def test_what_came_of_an_answer_is_counted_once(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    address = f"{here}/articles/missed-garbage/use"
    maya.send(address, answered="yes")

    status, page = maya.send(address, answered="yes")

    assert status == 200
    assert "Counted." in page
    assert knowledge.used_on(riverton, call_id) == {"missed-garbage": True}


def test_an_article_the_town_does_not_have_is_not_there(maya: Agent, here: str) -> None:
    status, _ = maya.send(f"{here}/articles/volcano/use", answered="yes")

    assert status == 404


def test_a_category_says_how_many_tickets_it_is_like(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    for _ in range(2):
        tickets.open(riverton, hydrant(words="the plug spits"), at=NIGHT, by=MAYA)
    learn(riverton, at=NIGHT + timedelta(minutes=5))
    riverton.session.commit()

    page = maya.get(f"{here}/categories", words="a plug spitting all over")

    assert 'value="fire-hydrant"' in page
    assert "like 2 tickets with “plug”" in page


def test_an_instruction_stands_beside_its_category_and_over_the_call(
    maya: Agent, held: Instruction, here: str
) -> None:
    assert held.text.en in maya.get(here)
    assert held.text.en in maya.get(f"{here}/categories", words="low water pressure")


def test_an_instruction_is_read_once_and_then_rests(
    maya: Agent, held: Instruction, here: str
) -> None:
    queue = maya.get("/desk/instructions")
    assert held.text.en in queue

    status, page = maya.send(
        f"{here}/instructions/pressure/receipt", digest=digest_in(queue)
    )

    assert status == 200
    assert held.text.en in page
    assert "I have read it" not in page
    assert held.text.en not in maya.get("/desk/instructions")


def test_on_the_queue_it_vanishes_once_it_is_read(
    maya: Agent, louis: Agent, held: Instruction
) -> None:
    digest = digest_in(maya.get("/desk/instructions"))

    _, page = maya.send("/desk/instructions/riverton/pressure/receipt", digest=digest)

    assert held.text.en not in page
    assert held.text.en in louis.get("/desk/instructions")


def test_changed_words_ask_again_and_old_ones_cannot_be_signed(
    maya: Agent, held: Instruction, publish: Publish
) -> None:
    address = "/desk/instructions/riverton/pressure/receipt"
    old = digest_in(maya.get("/desk/instructions"))
    maya.send(address, digest=old)
    changed = replace(held, text=Text(en="Low pressure on Oak as well."))
    publish(replace(RIVERTON, instructions=(changed,)))

    assert changed.text.en in maya.get("/desk/instructions")
    assert maya.send(address, digest=old)[0] == 409


def test_it_is_gone_at_the_minute_it_ends(maya: Agent, held: Instruction) -> None:
    maya.clock.at = datetime.fromisoformat("2026-02-11T12:59:59+00:00")
    assert held.text.en in maya.get("/desk/instructions")

    maya.clock.at += timedelta(seconds=1)

    assert held.text.en not in maya.get("/desk/instructions")


@pytest.mark.parametrize("part", ["/categories", "/articles", "/instructions"])
def test_the_words_of_a_town_not_served_are_not_there(
    sainte_aurore: TenantSession, tom: Agent, part: str
) -> None:
    call_id = ring(sainte_aurore, "CA3", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("riverton", "sainte-aurore"):
        answer = tom.client.get(f"/desk/calls/{slug}/{call_id}{part}")
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "act", ["articles/fermer-eau/use", "instructions/pont-ferme/receipt"]
)
def test_nothing_is_noted_in_a_town_not_served(
    sainte_aurore: TenantSession, tom: Agent, act: str
) -> None:
    call_id = ring(sainte_aurore, "CA3", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("riverton", "sainte-aurore"):
        address = f"/desk/calls/{slug}/{call_id}/{act}"
        assert tom.send(address, answered="yes", digest="0" * 32)[0] == 404
    address = "/desk/instructions/sainte-aurore/pont-ferme/receipt"
    assert tom.send(address, digest="0" * 32)[0] == 404
