"""What happened on a call's line is told in both languages, with who stayed."""

from __future__ import annotations

from uuid import UUID

import pytest

from portal.town.story.beats import Beat, Happened
from portal.town.story.talks import FOLLOWING
from tests.conftest import NIGHT
from townline.i18n import speaking

FACTS: dict[str, object] = {
    "name": "911",
    "number": "+13125550911",
    "purpose": "conference",
    "outcome": "left",
    "stayed": ["caller", "Maya Okafor"],
    "to": ["911"],
    "numbers": ["+13125550911"],
    "seconds": 40,
    "system": "avaya",
}


def told(event: str, language: str, **facts: object) -> str:
    it = Happened(
        seq=1,
        at=NIGHT,
        event=event,
        subject=UUID(int=1),
        by="Maya Okafor",
        by_machine=False,
        facts=FACTS | facts,
    )
    with speaking(language):
        [words] = FOLLOWING[event](Beat(at=NIGHT, entries=(1,), head=""), it).more
    return words


@pytest.mark.parametrize("event", sorted(FOLLOWING))
def test_every_event_of_a_line_has_its_sentence_in_both_languages(event: str) -> None:
    english, french = told(event, "en"), told(event, "fr")

    assert english
    assert english != french
    assert "{" not in english + french


@pytest.mark.parametrize("purpose", ["warm", "cold", "conference"])
def test_why_somebody_was_rung_is_told(purpose: str) -> None:
    assert "(312) 555-0911" in told("call.leg_asked", "en", purpose=purpose)


@pytest.mark.parametrize("outcome", ["left", "dropped", "busy", "no-answer", "failed"])
def test_how_somebody_left_and_who_stayed_is_told(outcome: str) -> None:
    words = told("call.leg_left", "en", outcome=outcome)

    assert words.endswith("; Maya Okafor stayed")


def test_a_hand_over_names_the_number_and_who_has_the_caller() -> None:
    words = told("call.transferred", "en")

    assert words == "Maya Okafor left the caller with 911, (312) 555-0911"
