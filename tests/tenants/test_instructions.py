from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from tenants.rules.instructing import concerning, digest, in_force
from tenants.town import Instruction
from tests.tenants.larkfield import LARKFIELD, both, utc

PRESSURE = Instruction(
    key="pressure",
    text=both("Low pressure is known.", "La basse pression est connue."),
    starts=datetime.fromisoformat("2026-02-10T16:00"),
    ends=datetime.fromisoformat("2026-02-11T07:00"),
    author="Ana Ruiz",
    source="email",
    categories=("main-break",),
)
TOWN = replace(LARKFIELD, instructions=(PRESSURE,))


@pytest.mark.parametrize(
    ("at", "is_held"),
    [
        pytest.param("2026-02-10T21:59", False, id="a minute too early"),
        pytest.param("2026-02-10T22:00", True, id="from four in the afternoon"),
        pytest.param("2026-02-11T12:59", True, id="its last minute"),
        pytest.param("2026-02-11T13:00", False, id="gone at seven in the morning"),
    ],
)
def test_an_instruction_holds_by_the_towns_clocks(at: str, *, is_held: bool) -> None:
    assert (PRESSURE in in_force(TOWN, at=utc(at))) == is_held


def test_it_appears_beside_the_categories_it_concerns() -> None:
    everywhere = replace(PRESSURE, key="salt", categories=())

    assert concerning((PRESSURE, everywhere), "main-break") == (PRESSURE,)
    assert concerning((PRESSURE, everywhere), "pothole") == ()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"text": both("It is over.", "C’est fini.")}, id="its words"),
        pytest.param({"ends": datetime.fromisoformat("2026-02-12T07:00")}, id="end"),
        pytest.param({"categories": ("pothole",)}, id="what it concerns"),
    ],
)
def test_what_was_changed_is_to_be_read_again(change: dict[str, object]) -> None:
    assert digest(replace(PRESSURE, **change)) != digest(PRESSURE)


def test_an_approval_that_came_later_needs_no_second_reading() -> None:
    assert digest(replace(PRESSURE, approved_by="Walter Greene")) == digest(PRESSURE)
