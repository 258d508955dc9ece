"""Segments are counted as carriers bill them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.carrier.segments import count


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        pytest.param("", 1, id="nothing is one segment"),
        pytest.param("a" * 160, 1, id="160 GSM signs fit"),
        pytest.param("a" * 161, 2, id="161 do not"),
        pytest.param("a" * 306, 2, id="two parts of 153"),
        pytest.param("a" * 307, 3, id="and then three"),
        pytest.param("é" * 160, 1, id="é is a GSM sign"),
        pytest.param("€" * 80, 1, id="the euro takes two places"),
        pytest.param("€" * 81, 2, id="81 euros are too many"),
        pytest.param("ê" * 70, 1, id="ê is not, 70 fit"),
        pytest.param("ê" * 71, 2, id="71 do not"),
        pytest.param("😀" * 35, 1, id="an emoji takes two places"),
        pytest.param("😀" * 67, 3, id="and is never cut in two"),
    ],
)
def test_segments(body: str, segments: int) -> None:
    assert count(body) == segments


@given(st.text(max_size=400), st.text(max_size=40))
def test_more_words_never_take_fewer_segments(body: str, more: str) -> None:
    assert count(body + more) >= count(body)
