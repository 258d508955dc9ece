"""The figures of kpi.md by rule, on its own test vector to the hundredth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import measures
from calls.measures import Days, Tally

CHICAGO = "America/Chicago"
# callcentrehelper.com's example: threshold 20 s.
VECTOR = Tally(
    answered=1000, answered_in_time=860, abandoned=60, abandoned_in_time=20, waited=9000
)


@pytest.mark.parametrize(
    ("formula", "percent"),
    [
        pytest.param(1, 83.02, id="1: answered and abandoned in time, of all"),
        pytest.param(2, 86.00, id="2: answered in time, of answered"),
        pytest.param(3, 81.13, id="3: answered in time, of all"),
        pytest.param(4, 82.69, id="4: answered in time, without short abandons"),
    ],
)
def test_the_four_formulas_to_the_hundredth(
    formula: measures.Formula, percent: float
) -> None:
    level = VECTOR.service_level(formula)

    assert level is not None
    assert round(level * 100, 2) == percent


@pytest.mark.parametrize("formula", measures.FORMULAS)
def test_no_calls_have_no_service_level(formula: measures.Formula) -> None:
    nobody = Tally()

    assert nobody.service_level(formula) is None
    assert nobody.speed_of_answer is nobody.handle_time is nobody.abandonment is None
    assert nobody.first_contact_resolution is nobody.transfer_share is None
    assert nobody.occupancy(timedelta()) is None


counts = st.integers(0, 500)


@given(in_time=counts, late=counts, gave_up=counts, gave_up_late=counts)
def test_every_service_level_is_a_share(
    in_time: int, late: int, gave_up: int, gave_up_late: int
) -> None:
    tally = Tally(
        answered=in_time + late,
        answered_in_time=in_time,
        abandoned=gave_up + gave_up_late,
        abandoned_in_time=gave_up,
    )

    for formula in measures.FORMULAS:
        level = tally.service_level(formula)
        assert level is None or 0 <= level <= 1
    assert (tally + tally).service_level(4) == tally.service_level(4)


def test_short_abandons_are_no_abandonment() -> None:
    tally = Tally(answered=90, abandoned=30, short=20)

    assert tally.abandonment == 10 / 100


def test_occupancy_is_handling_of_the_time_at_work() -> None:
    tally = Tally(answered=2, talked=500, held=60, wrapped_up=40)

    assert tally.handle_time == 300
    assert tally.occupancy(timedelta(minutes=20)) == 0.5


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param(date(2026, 3, 8), 23, id="clocks go forward"),
        pytest.param(date(2026, 11, 1), 25, id="clocks go back"),
        pytest.param(date(2026, 2, 11), 24, id="a day like others"),
    ],
)
def test_a_day_has_as_many_hours_as_pass_in_the_town(day: date, hours: int) -> None:
    assert len(list(Days(day, day).hours(CHICAGO))) == hours
