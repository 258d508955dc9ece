"""What a sample is worth, against published tables."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules import Estimate, mean, share
from surveys.rules.figures import _student

SCORES = st.dictionaries(st.integers(1, 5), st.integers(0, 400), min_size=1)


def test_too_few_answers_say_nothing() -> None:
    assert mean({5: 3, 1: 1}) is None
    assert share(4, of=4) is None


def test_a_mean_carries_its_margin() -> None:
    scores = {5: 40, 4: 30, 3: 15, 2: 10, 1: 5}

    found = mean(scores)

    # By hand: variance 138 / 99, times t(99) = 1.984.
    assert found is not None
    assert found.value == pytest.approx(3.9)
    assert found.margin == pytest.approx(1.984 * sqrt(139 / 99 / 100), abs=1e-3)


@pytest.mark.parametrize(
    ("chosen", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        pytest.param(81, 263, 0.2553, 0.3662, id="81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="none of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="one of 29"),
        pytest.param(29, 29, 0.8830, 1.0, id="all of 29"),
    ],
)
def test_a_share_has_wilsons_interval(
    chosen: int, of: int, low: float, high: float
) -> None:
    found = share(chosen, of=of)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("freedom", "table"), [(4, 2.776), (9, 2.262), (29, 2.045), (120, 1.980)]
)
def test_the_quantile_is_students(freedom: int, table: float) -> None:
    assert _student(freedom) == pytest.approx(table, rel=0.004)


@given(scores=SCORES)
def test_a_mean_never_leaves_its_scale(scores: dict[int, int]) -> None:
    found = mean(scores)

    if found is not None:
        assert 1 <= found.low <= found.value <= found.high <= 5


@given(of=st.integers(5, 5000), part=st.floats(0, 1))
def test_a_share_lies_within_its_own_interval(of: int, part: float) -> None:
    found = share(round(of * part), of=of)

    assert isinstance(found, Estimate)
    assert 0 <= found.low <= found.value <= found.high <= 1
