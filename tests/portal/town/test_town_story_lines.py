"""What a caller did before anybody answered, as the ticket's timeline tells it."""

from __future__ import annotations

import pytest

from tests.portal.town.test_town_story import entry, told
from townline.i18n import speaking

MAYA = "agent Maya Okafor"
RANG: dict[str, object] = {"line": "+13125550101", "withheld": False}


@pytest.mark.parametrize(
    ("event", "facts", "words"),
    [
        ("call.queued", {"priority": 1}, "pressed the emergency key, and waited first"),
        ("call.queued", {"priority": 3}, "waited for somebody"),
        ("call.heard", {"answer": "power-out"}, "heard the answer “power-out”"),
        ("call.back_wanted", {}, "asked to be called back, and keeps the place"),
        ("call.message_left", {"seconds": 14}, "left a message of 14\xa0seconds"),
        ("call.called_back", {"result": "answered"}, "rang again, and was talked to"),
        (
            "call.called_back",
            {"result": "no_answer"},
            "was called back by Maya Okafor: nobody picked up",
        ),
        (
            "call.called_back",
            {"result": "not_needed"},
            "need not be called back, says Maya Okafor",
        ),
    ],
)
def test_it_is_told_with_the_call(
    event: str, facts: dict[str, object], words: str
) -> None:
    (beat,) = told(entry(1, "call.arrived", RANG), entry(2, event, facts, actor=MAYA))

    assert beat.more == (words,)
    assert beat.entries == (1, 2)


def test_a_call_that_we_owe_begins_a_beat_of_its_own() -> None:
    _, beat = told(
        entry(1, "call.arrived", RANG),
        entry(2, "call.returning", {"line": "+13125550101"}),
        entry(3, "call.claimed", actor=MAYA),
    )

    assert beat.head.startswith("The desk owes ")
    assert beat.rest == ", from (312) 555-0101. Maya Okafor took it."


def test_it_is_told_in_french_too() -> None:
    with speaking("fr"):
        (beat,) = told(
            entry(1, "call.arrived", RANG),
            entry(2, "call.back_wanted", {}, actor=MAYA),
        )

    assert beat.more == ("a demandé un rappel, et garde sa place",)


@pytest.mark.parametrize("event", ["town.announced", "town.announcement_ended"])
def test_an_announcement_is_told_with_whoever_made_it(event: str) -> None:
    (beat,) = told(entry(1, event, actor=MAYA))

    assert "Maya Okafor" in beat.rest
