"""A call that was another town's, as a timeline tells it: never whose it was."""

from __future__ import annotations

import pytest

from tests.portal.town.test_town_story import entry, told
from townline.i18n import speaking

MAYA = "agent Maya Okafor"
NUMBER = "+13125550162"


@pytest.mark.parametrize(
    ("event", "facts", "english", "french"),
    [
        pytest.param(
            "call.moved_away",
            {"town": "sainte-aurore"},
            "It was another town’s call: Maya Okafor took it on for sainte-aurore.",
            "L’appel concernait une autre ville\u00a0: Maya Okafor l’a poursuivi pour"
            " sainte-aurore.",
            id="away",
        ),
        pytest.param(
            "call.moved_here",
            {"town": "riverton"},
            "A call came over from riverton with Maya Okafor.",
            "Un appel est venu de riverton avec Maya Okafor.",
            id="here",
        ),
        pytest.param(
            "call.referred",
            {"office": "Railway", "number": NUMBER},
            "Maya Okafor told the caller whom to call: Railway, (312) 555-0162.",
            "Maya Okafor a dit qui appeler\u00a0: Railway, 312 555-0162.",
            id="sent elsewhere",
        ),
    ],
)
def test_what_became_of_another_towns_call_is_told(
    event: str, facts: dict[str, object], english: str, french: str
) -> None:
    entries = (entry(1, event, facts, actor=MAYA),)

    (beat,) = told(*entries)
    with speaking("fr"):
        (battement,) = told(*entries)

    assert beat.head + beat.rest == english
    assert battement.head + battement.rest == french
