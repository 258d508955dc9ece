"""The town says to its callers what it knows, and ends it itself."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.portal.town.cast import Clerk

FORM = {
    "title_en": "No power north of the river",
    "say_en": "The power is out north of the river. A crew is there.",
    "starts_at": "2026-02-11T02:00",
    "expected_end": "2026-02-11T06:00",
}


def test_what_the_town_makes_known_it_can_correct_and_end(tom: Clerk) -> None:
    home = "/town/riverton/events"
    made = tom.send(home, client_key=str(uuid4()), **FORM)
    assert made.status_code == 303
    address = made.headers["location"]

    tom.send(address, **{**FORM, "title_en": "No power north"})
    assert "No power north" in tom.get(home)
    tom.send(f"{address}/ending", ending_en="The power is back.")

    assert "Tom Hale ended it" in tom.get(address)


def test_what_is_wrong_comes_back_as_typed(tom: Clerk) -> None:
    answer = tom.send("/town/riverton/events", **{**FORM, "say_en": ""})

    assert answer.status_code == 422
    assert "No power north of the river" in answer.text


def test_it_cannot_end_before_it_starts(tom: Clerk) -> None:
    early = {**FORM, "expected_end": "2026-02-11T01:00"}

    answer = tom.send("/town/riverton/events", **early)

    assert answer.status_code == 422
    assert "before it starts" in answer.text


@pytest.mark.parametrize("below", ["", "/new"])
def test_another_town_is_not_there(tom: Clerk, below: str) -> None:
    assert tom.look(f"/town/sainte-aurore/events{below}").status_code == 404
