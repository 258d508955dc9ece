"""Who is told and who is asked."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules import Reach, is_bad, reach, sampled, wants_a_survey

PHONE, MAIL = "+13125550142", "ana@home.example"


@pytest.mark.parametrize(
    ("tell_by", "phone", "email", "expected"),
    [
        pytest.param("sms", PHONE, MAIL, Reach("sms", PHONE), id="as they wished"),
        pytest.param("email", PHONE, MAIL, Reach("email", MAIL), id="by email"),
        pytest.param("sms", None, MAIL, Reach("email", MAIL), id="no number left"),
        pytest.param("email", PHONE, None, Reach("sms", PHONE), id="no address left"),
        pytest.param("none", PHONE, MAIL, None, id="not told at all"),
        pytest.param("sms", None, None, None, id="nothing left"),
    ],
)
def test_a_reporter_is_written_to_as_they_wished(
    tell_by: str, phone: str | None, email: str | None, expected: Reach | None
) -> None:
    assert reach(tell_by, phone=phone, email=email) == expected


@pytest.mark.parametrize(
    ("solved", "score", "bad"),
    [
        pytest.param("yes", 5, False, id="content"),
        pytest.param("partly", 3, False, id="so so"),
        pytest.param("yes", 2, True, id="solved, but badly served"),
        pytest.param("no", 5, True, id="well served, but not solved"),
    ],
)
def test_a_bad_answer_asks_for_a_call(solved: str, score: int, *, bad: bool) -> None:
    assert is_bad(solved, score=score) is bad


def test_a_duplicate_is_not_asked_about() -> None:
    assert wants_a_survey("done")
    assert not wants_a_survey("duplicate")


@given(ticket=st.uuids())
def test_nobody_is_sampled_at_nothing_and_everybody_at_a_hundred(ticket: UUID) -> None:
    assert not sampled(ticket, percent=0)
    assert sampled(ticket, percent=100)


@given(ticket=st.uuids(), percent=st.integers(0, 99))
def test_asking_for_more_never_drops_who_was_in(ticket: UUID, percent: int) -> None:
    if sampled(ticket, percent=percent):
        assert sampled(ticket, percent=percent + 1)


def test_the_sample_is_as_large_as_asked_for() -> None:
    tickets = [UUID(int=number) for number in range(10_000)]

    drawn = sum(sampled(ticket, percent=30) for ticket in tickets)

    assert drawn == pytest.approx(3000, abs=150)
