"""What a relay's page asks, and which step comes next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.crew.rules import stance, steps

THREE = datetime(2026, 2, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closed", "settled", "holders", "expected"),
    [
        pytest.param(False, False, (), "asked", id="nobody has it"),
        pytest.param(False, True, ("dan",), "yours", id="it is theirs"),
        pytest.param(False, True, ("ana",), "taken", id="somebody else has it"),
        pytest.param(False, False, ("ana",), "asked", id="a second one is needed"),
        pytest.param(False, False, ("dan",), "yours", id="the first of two"),
        pytest.param(True, True, ("dan",), "closed", id="closed, theirs or not"),
        pytest.param(True, False, (), "closed", id="closed before anybody came"),
    ],
)
def test_a_page_asks_what_is_still_open(
    *, closed: bool, settled: bool, holders: tuple[str, ...], expected: str
) -> None:
    found = stance(closed=closed, settled=settled, holders=holders, reader="dan")

    assert found == expected


@pytest.mark.parametrize(
    ("said", "states"),
    [
        pytest.param((), ("now", "ahead", "ahead"), id="just taken"),
        pytest.param(("on_the_way",), ("past", "now", "ahead"), id="on the way"),
        pytest.param(("on_site",), ("past", "past", "now"), id="there, unannounced"),
        pytest.param(("done",), ("past", "past", "past"), id="all done"),
    ],
)
def test_one_step_at_a_time_is_the_next(
    said: tuple[str, ...], states: tuple[str, ...]
) -> None:
    found = steps(dict.fromkeys(said, THREE), {"on_site": THREE})

    assert tuple(each.state for each in found) == states
    assert [each.due for each in found] == [None, THREE, None]
