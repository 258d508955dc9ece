"""What agents dialled by hand, as the ticket's timeline tells it."""

from __future__ import annotations

import pytest

from tests.conftest import NIGHT
from tests.portal.town.test_town_story import entry, told
from tests.portal.town.told import BY_HAND

MAYA = "agent Maya Okafor"


@pytest.mark.parametrize(
    ("facts", "state", "tone"),
    [
        pytest.param({"result": "accepted"}, "picked up and takes it", "ok", id="yes"),
        pytest.param({"result": "declined"}, "picked up and cannot", "plain", id="no"),
        pytest.param(
            {"result": "voicemail_left"},
            "message left, not an answer",
            "soon",
            id="a machine is never green",
        ),
        pytest.param(
            {"result": "will_call_back", "again_at": NIGHT.isoformat()},
            "said they would ring back, to be dialled again at 02:12",
            "soon",
            id="when they are dialled again",
        ),
        pytest.param(
            {"result": "invalid_number"}, "not a number in service", "bad", id="wrong"
        ),
    ],
)
def test_what_came_of_a_dial_is_said_with_whoever_dialled(
    facts: dict[str, object], state: str, tone: str
) -> None:
    (beat,) = told(
        entry(1, "relay.started"),
        entry(2, "relay.attempted", BY_HAND, actor=MAYA),
        entry(3, "relay.dialled", {**BY_HAND, **facts}, actor=MAYA),
    )

    assert beat.rows[0].state == f"{state}, Maya Okafor"
    assert beat.rows[0].tone == tone


def test_who_rang_back_is_told_of_beside_the_table() -> None:
    rang = {"to": "Dan Ortiz", "result": "returned_call", "answer": "decline"}

    (beat,) = told(entry(1, "relay.dialled", rang, actor=MAYA))

    assert beat.head + beat.rest == "Dan Ortiz rang back and cannot, Maya Okafor."
