"""Buckets of tokens: never more than the rate, never less, and nothing is dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify import jobs
from notify.rules.throttles import (
    COMMON_PART,
    NO_LIMITS,
    Bucket,
    Grant,
    Limit,
    Rates,
    appointments,
    ask,
    filled,
    sender,
)
from notify.rules.turns import Turn, in_turn, wanted
from notify.service.buckets import ask_all
from notify.sharing import Throttle
from tests.notify.cast import NIGHT, Place, after
from townline.tenancy import town

NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)
LIMITS = st.builds(
    Limit,
    rate=st.sampled_from([0.01, 0.5, 1.0, 7.5]),
    burst=st.sampled_from([1.0, 2.5, 15.0]),
    gather=st.sampled_from([0.0, 3.0, 60.0]),
)
# What is asked, and how many seconds after the last asking.
ASKINGS = st.lists(
    st.tuples(st.integers(0, 40), st.floats(0, 90).map(lambda s: round(s, 3))),
    min_size=1,
    max_size=12,
)


def asked(limit: Limit, askings: list[tuple[int, float]]) -> list[tuple[int, Grant]]:
    """Each asking's wish and grant, one after the other, from a full bucket."""
    at, last, answers = NOON, None, []
    for wish, seconds in askings:
        at += timedelta(seconds=seconds)
        grant = ask(limit, last, wanted=wish, at=at)
        answers.append((wish, grant))
        last = grant.bucket
    return answers


@given(LIMITS, ASKINGS)
def test_no_more_goes_than_the_rate_and_the_burst_allow(
    limit: Limit, askings: list[tuple[int, float]]
) -> None:
    seconds = sum(after for _, after in askings[1:])

    granted = sum(grant.granted for _, grant in asked(limit, askings))

    assert granted <= limit.burst + seconds * limit.rate + 1e-6


@given(LIMITS, ASKINGS)
def test_whoever_asks_goes_or_has_an_appointment_that_is_not_over(
    limit: Limit, askings: list[tuple[int, float]]
) -> None:
    """I18: throttling never drops."""
    for wish, grant in asked(limit, askings):
        missing = wish - grant.granted
        back = list(appointments(limit, grant, missing=missing))
        lines = limit.gather == 0 or grant.granted == 0

        assert 0 <= grant.granted <= wish
        assert len(back) == missing
        assert back == sorted(back)
        assert not lines or all(each > grant.bucket.at for each in back)


@given(LIMITS, ASKINGS)
def test_a_bucket_is_never_overdrawn_nor_overfull(
    limit: Limit, askings: list[tuple[int, float]]
) -> None:
    for _, grant in asked(limit, askings):
        assert 0 <= grant.bucket.level <= limit.burst


@given(LIMITS, st.floats(0, 15), st.floats(-60, 0))
def test_a_clock_that_is_behind_takes_nothing_back(
    limit: Limit, level: float, seconds: float
) -> None:
    last = Bucket(min(level, limit.burst), NOON, NOON)

    assert filled(limit, last, at=NOON + timedelta(seconds=seconds)) == last.level


def test_appointments_of_a_line_are_as_far_apart_as_the_rate_says() -> None:
    limit = Limit(rate=0.5, burst=1)
    first = ask(limit, None, wanted=3, at=NOON)
    second = ask(limit, first.bucket, wanted=2, at=NOON)

    back = [*appointments(limit, first, missing=2)]
    back += appointments(limit, second, missing=2)

    assert [(each - NOON).total_seconds() for each in back] == [2, 4, 6, 8]


def test_whoever_finds_no_token_waits_for_the_same_moment_as_the_others() -> None:
    limit = Limit(rate=0.01, burst=3, gather=60)
    spent = ask(limit, None, wanted=3, at=NOON)
    first = ask(limit, spent.bucket, wanted=1, at=NOON + timedelta(seconds=1))
    later = ask(limit, first.bucket, wanted=1, at=NOON + timedelta(seconds=50))

    assert first.bucket.booked_until == NOON + timedelta(seconds=61)
    assert later.bucket.booked_until == first.bucket.booked_until


@pytest.mark.parametrize(
    ("ours", "granted"),
    [
        pytest.param("+13125550100", 1, id="ten digits"),
        pytest.param("+18005550100", 3, id="toll-free"),
        pytest.param("31100", 100, id="a short code"),
        pytest.param("MG" + "0" * 32, 100, id="a messaging service"),
        pytest.param("+447700900123", 10, id="abroad"),
    ],
)
def test_a_sender_is_as_fast_as_its_kind(ours: str, granted: float) -> None:
    assert sender(ours, Rates()).rate == pytest.approx(granted * COMMON_PART)
    assert sender(ours, Rates(sender=4)).rate == pytest.approx(4 * COMMON_PART)


# Two senders, of one town, with one account.
TURN_LIMITS = {
    "one": Limit(1.0, 4),
    "two": Limit(0.5, 2),
    "account": Limit(1.5, 5),
}
TURNS = st.lists(
    st.builds(
        Turn,
        id=st.uuids(),
        level=st.integers(2, 5),
        since=st.integers(0, 9).map(lambda s: NOON - timedelta(seconds=s)),
        cost=st.integers(1, 5),
        buckets=st.sampled_from([("one", "account"), ("two", "account")]),
        again=st.booleans(),
    ),
    unique_by=lambda turn: turn.id,
    min_size=1,
    max_size=20,
)


def turned(turns: list[Turn]) -> dict[UUID, datetime | None]:
    asking = wanted(turns, TURN_LIMITS)
    grants = {
        name: ask(limit, None, wanted=asking[name], at=NOON)
        for name, limit in TURN_LIMITS.items()
    }
    return in_turn(turns, TURN_LIMITS, grants, at=NOON)


@given(TURNS)
def test_everybody_goes_or_comes_back_later(turns: list[Turn]) -> None:
    back = turned(turns)

    assert set(back) == {each.id for each in turns}
    assert all(each is None or each > NOON for each in back.values())
    assert None in back.values()


@given(TURNS)
def test_nobody_goes_before_somebody_more_urgent_of_the_same_sender(
    turns: list[Turn],
) -> None:
    back = turned(turns)

    for name in ("one", "two"):
        same = [each for each in turns if each.buckets[0] == name and each.cost == 1]
        ranked = sorted(same, key=lambda turn: (turn.level, turn.since, turn.id.int))
        went = [back[each.id] is None for each in ranked]
        assert all(before or not after for before, after in pairwise(went))


def test_level_2_does_not_stand_in_the_line() -> None:
    """An hour of routine messages is booked; what is urgent comes back in a second."""
    limits = {"one": TURN_LIMITS["one"]}
    routine = Turn(UUID(int=1), 4, NOON, 1, ("one",))
    urgent = Turn(UUID(int=2), 2, NOON, 1, ("one",))
    booked = Bucket(0, NOON, NOON + timedelta(hours=1))
    grants = {"one": ask(limits["one"], booked, wanted=2, at=NOON)}

    back = in_turn([routine, urgent], limits, grants, at=NOON)

    assert back[urgent.id] == NOON + timedelta(seconds=1)
    assert back[routine.id] == NOON + timedelta(hours=1, seconds=1)


def test_postgresql_does_the_same_sums(rivertown: Place) -> None:
    """The same askings, some of them at once, answered by the statement and by us."""
    limits = {
        "line": Limit(0.5, 2.5),
        "crowd": Limit(0.01, 3, 60),
        "open": sender("+13125550100", NO_LIMITS),
    }
    last: dict[str, Bucket] = {}
    askings = [(0, 2), (0, 3), (1, 0), (4, 1), (3, 2), (90, 40), (95, 1), (0, 1)]
    for second, wish in askings:
        at = NIGHT + timedelta(seconds=second)
        expected = {
            key: ask(limit, last.get(key), wanted=wish, at=at)
            for key, limit in limits.items()
        }
        with town(rivertown.database, rivertown.tenant_id) as db:
            found = ask_all(db, limits, dict.fromkeys(limits, wish), at=at)

        assert found == expected
        last = {key: grant.bucket for key, grant in expected.items()}


def test_what_says_no_more_than_none_would_is_forgotten(rivertown: Place) -> None:
    limits = {"line": Limit(0.5, 1)}
    for seconds in (0, 7000):
        with town(rivertown.database, rivertown.tenant_id) as db:
            ask_all(db, limits, {"line": 1}, at=after(seconds))
            ask_all(
                db, {f"at {seconds}": limits["line"]}, {f"at {seconds}": 1}, at=NIGHT
            )
        jobs.forget_throttles(rivertown.database, at=after(seconds))

    with town(rivertown.database, rivertown.tenant_id) as db:
        left = [each.key for each in db.session.scalars(db.rows(Throttle))]

    assert left == ["line"]


def test_one_towns_buckets_are_not_anothers(rivertown: Place, aurore: Place) -> None:
    limits = {"line": Limit(0.5, 1)}

    granted = []
    for place in (rivertown, aurore):
        with town(place.database, place.tenant_id) as db:
            granted.append(ask_all(db, limits, {"line": 1}, at=NIGHT)["line"].granted)

    assert granted == [1, 1]
