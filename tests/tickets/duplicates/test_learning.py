"""What is learnt from the past: rates that lean, weights that stay sensible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.duplicates import (
    Asked,
    Episode,
    Evidence,
    Known,
    Prior,
    kinds_of,
    learn,
)
from tickets.duplicates.rules.fitting import Example, fit
from tickets.duplicates.rules.kinds import Count, Kinds
from tickets.duplicates.rules.learning import sensible
from tickets.duplicates.shipped import BELIEVED, SHIPPED

NOW = datetime(2026, 2, 12, 9, 12, tzinfo=UTC)
HOLE = Known(
    id=UUID(int=1),
    category="pothole",
    group="roads",
    latitude=42.31,
    longitude=-71.08,
    opened_at=NOW - timedelta(hours=3),
)
LAMP = replace(HOLE, id=UUID(int=2), category="lamp", group="lights")
ASKED = Asked(latitude=42.31, longitude=-71.08, category="lamp", group="lights")


def lamps(repeated: int, single: int) -> list[Episode]:
    """Calls about lamps beside a lamp and a pothole that are known."""
    again = Episode(ASKED, NOW, (LAMP, HOLE), frozenset({LAMP.id}))
    alone = Episode(ASKED, NOW, (LAMP, HOLE))
    return [again] * repeated + [alone] * single


def test_a_category_that_is_often_repeated_is_known_for_it() -> None:
    kinds = kinds_of(lamps(90, 10), leaning=SHIPPED.kinds)

    assert kinds.often("lamp") > kinds.often("pothole")
    assert kinds.affinity("lamp", "lamp", relation="same") > SHIPPED.kinds.affinity(
        "lamp", "lamp", relation="same"
    )


@given(st.integers(0, 50), st.integers(0, 500))
def test_a_rate_leans_on_what_is_known_of_others(found: int, more: int) -> None:
    few = Kinds(
        same=0.1,
        group=0.01,
        other=0.001,
        usual=0.02,
        pairs={"a a": Count(found, found + more)},
    )
    rate = found / (found + more) if found + more else 0.1
    unknown = few.affinity("b", "b", relation="same")

    seen = few.affinity("a", "a", relation="same")

    assert (seen >= unknown) == (rate >= 0.1) or seen == pytest.approx(unknown)


def test_relatives_are_found_both_ways() -> None:
    kinds = replace_pairs({"lamp pole": Count(2, 9), "lamp tree": Count(0, 9)})

    assert kinds.relatives("lamp") == {"pole"}
    assert kinds.relatives("pole") == {"lamp"}


def replace_pairs(pairs: dict[str, Count]) -> Kinds:
    return Kinds(same=0.1, group=0.01, other=0.001, usual=0.02, pairs=pairs)


def test_a_fit_finds_what_is_there() -> None:
    examples = [
        Example((float(value),), is_same=(value + turn) % 4 < value)
        for value in range(4)
        for turn in range(100)
    ]

    _, slope = fit(examples, Prior((0.0, 0.0), firmness=0.001))

    assert slope > 1


def test_without_examples_a_town_keeps_what_is_shipped() -> None:
    learnt = learn([], BELIEVED, kinds=SHIPPED.kinds)

    assert learnt.weights == SHIPPED.weights


def test_few_pairs_move_the_weights_a_little() -> None:
    learnt = learn(lamps(3, 10), BELIEVED, kinds=SHIPPED.kinds)

    moved = zip(learnt.weights.of_evidence, BELIEVED.weights[1:], strict=True)
    assert max(abs(now - before) for now, before in moved) < 1


@given(
    st.lists(
        st.floats(-9, 9),
        min_size=1 + len(Evidence._fields),
        max_size=1 + len(Evidence._fields),
    )
)
def test_no_past_makes_what_is_farther_likelier(found: list[float]) -> None:
    weights = sensible(found)

    assert weights.distance <= 0
    assert weights.age <= 0
    assert weights.nowhere <= 0
    assert min(weights.open, weights.kinds, weights.place, weights.words) >= 0
