"""The order of the queue: who goes first, and that no town starves beside another."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.rules.choosing import PASSES, InLine, Taken, in_turn
from tests.conftest import NIGHT

RIVERTON, SAINTE_AURORE = UUID(int=1), UUID(int=2)
LATER = NIGHT + timedelta(seconds=30)


def waits(
    number: int,
    *,
    town: UUID = RIVERTON,
    after: int = 0,
    priority: int = 3,
    language: str = "en",
) -> InLine:
    return InLine(
        town=town,
        id=UUID(int=number),
        priority=priority,
        language=language,
        since=NIGHT + timedelta(seconds=after),
    )


@pytest.mark.parametrize(
    ("second", "first"),
    [
        pytest.param(waits(1, after=5), waits(2, after=1), id="the longest wait"),
        pytest.param(waits(1), waits(2, after=9, priority=1), id="an emergency"),
        pytest.param(
            waits(1, language="fr"), waits(2, after=9), id="whom one understands"
        ),
        pytest.param(
            waits(1, after=9),
            waits(2, after=-40, language="fr"),
            id="in any language after a minute",
        ),
        pytest.param(
            waits(1),
            waits(2, after=20, language="fr", priority=1),
            id="an emergency in any language",
        ),
    ],
)
def test_who_goes_first(second: InLine, first: InLine) -> None:
    order = in_turn([second, first], [], speaks={"en"}, at=LATER)

    assert order == (first, second)


def test_who_has_named_no_language_answers_in_all() -> None:
    french = waits(1, language="fr")

    assert in_turn([waits(2, after=1), french], [], speaks=(), at=LATER)[0] == french


@pytest.mark.parametrize(
    ("taken", "first"),
    [
        pytest.param(PASSES - 1, RIVERTON, id="twice the storm goes first"),
        pytest.param(PASSES, SAINTE_AURORE, id="not four times running"),
    ],
)
def test_a_storm_in_one_town_lets_the_other_town_through(
    taken: int, first: UUID
) -> None:
    storm = [waits(number, after=number) for number in range(1, 9)]
    lone = waits(99, town=SAINTE_AURORE, after=10)
    before = [Taken(RIVERTON, NIGHT + timedelta(seconds=11 + n)) for n in range(taken)]

    order = in_turn([*storm, lone], before, speaks=(), at=LATER)

    assert order[0].town == first


arrivals = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 300)), min_size=1, max_size=40
)


@given(arrivals=arrivals, towns=st.just(4))
def test_no_towns_first_caller_is_passed_over_without_end(
    arrivals: list[tuple[int, int]], towns: int
) -> None:
    """Takes of other towns, while a caller is the first in line of its own."""
    line = [
        waits(number, town=UUID(int=town), after=after)
        for number, (town, after) in enumerate(arrivals)
    ]
    taken: list[Taken] = []
    passed: dict[UUID, int] = {}
    at = NIGHT + timedelta(seconds=300)
    while line:
        first = in_turn(line, taken, speaks=(), at=at)[0]
        for town in {each.town for each in line} - {first.town}:
            passed[town] = passed.get(town, 0) + 1
            assert passed[town] <= PASSES + towns - 1
        passed[first.town] = 0
        line.remove(first)
        at += timedelta(seconds=1)
        taken.append(Taken(first.town, at))


@given(arrivals=arrivals)
def test_everybody_who_waits_is_in_the_order_once(
    arrivals: list[tuple[int, int]],
) -> None:
    line = [
        waits(number, town=UUID(int=town), after=after)
        for number, (town, after) in enumerate(arrivals)
    ]

    order = in_turn(line, [], speaks={"fr"}, at=LATER)

    assert sorted(order, key=lambda each: each.id) == line
