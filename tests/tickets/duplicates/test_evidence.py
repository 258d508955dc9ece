"""The score's promises: nearer, newer and more alike is never ranked lower."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.duplicates import Asked, Known, plain, words_of
from tickets.duplicates.rules.evidence import apart
from tickets.duplicates.rules.places import in_common
from tickets.duplicates.shipped import SHIPPED

NOW = datetime(2026, 2, 12, 9, 12, tzinfo=UTC)
HERE = (42.3145, -71.0892)
ASKED = Asked(
    latitude=HERE[0],
    longitude=HERE[1],
    category="water_main",
    group="water",
    place=plain("12 Elm Street"),
    words=words_of("Water is running down the street"),
)
KNOWN = Known(
    id=UUID(int=1),
    category="water_main",
    group="water",
    latitude=42.3146,
    longitude=-71.0893,
    opened_at=NOW - timedelta(hours=2),
    place=plain("12 Elm St"),
    words=words_of("street is full of water"),
)
AWAY = st.floats(0, 0.0045)
AGES = st.floats(0, 30 * 24)


def score(known: Known, asked: Asked = ASKED) -> float:
    return SHIPPED.score(asked, known, at=NOW)


@given(AWAY, AWAY)
def test_what_is_nearer_never_scores_less(one: float, other: float) -> None:
    near, far = (
        replace(KNOWN, latitude=HERE[0] + degrees, longitude=HERE[1])
        for degrees in sorted((one, other))
    )

    assert score(near) >= score(far)


@given(AGES, AGES)
def test_what_is_newer_never_scores_less(one: float, other: float) -> None:
    new, old = (
        replace(KNOWN, opened_at=NOW - timedelta(hours=hours))
        for hours in sorted((one, other))
    )

    assert score(new) >= score(old)


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param(replace(KNOWN, closed_at=NOW), id="closed"),
        pytest.param(replace(KNOWN, category="hydrant"), id="another category"),
        pytest.param(replace(KNOWN, place=plain("14 Elm St")), id="another address"),
        pytest.param(replace(KNOWN, place=""), id="no address"),
        pytest.param(replace(KNOWN, words=words_of("it smells")), id="other words"),
    ],
)
def test_each_piece_of_evidence_counts(worse: Known) -> None:
    assert score(worse) < score(KNOWN)


def test_another_group_counts_less_than_another_category() -> None:
    kin = replace(KNOWN, category="hydrant")

    assert score(replace(kin, group="roads")) < score(kin)


def test_a_ticket_that_many_asked_for_is_likelier_meant() -> None:
    joined = replace(KNOWN, joined=(NOW - timedelta(hours=1),))

    assert score(joined) > score(KNOWN)


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=30)))
def test_what_happens_after_the_call_changes_nothing(later: timedelta) -> None:
    after = NOW + later

    assert score(replace(KNOWN, closed_at=after, joined=(after,))) == score(KNOWN)


def test_before_the_category_is_known_each_is_judged_as_if_of_its_own() -> None:
    unsure = replace(ASKED, category="", group="")

    assert score(KNOWN, unsure) == score(KNOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("12 Elm Street", "12 ELM ST", id="endings and capitals"),
        pytest.param("Elm St & 3rd Ave", "3rd Avenue and Elm St.", id="crossings"),
        pytest.param(
            "INTERSECTION of Elm St & Oak St", "Oak St/Elm St", id="said to be one"
        ),
        pytest.param("5 chemin de l’Église", "5, ch. de l'Eglise", id="French"),
        pytest.param("coin Cartier et Aubert", "Aubert & Cartier", id="coin"),
    ],
)
def test_a_place_written_twice_is_one_place(one: str, other: str) -> None:
    assert plain(one) == plain(other) != ""


def test_words_are_alike_in_what_they_say() -> None:
    said = words_of("The pot-holes on the road are huge!")

    assert said == {"pot", "hole", "road", "huge"}
    assert in_common(said, words_of("a huge hole")) == 1.0
    assert in_common(said, frozenset()) == 0.0


def test_distance_is_in_metres() -> None:
    assert apart(ASKED, KNOWN) == pytest.approx(13.8, abs=0.3)
