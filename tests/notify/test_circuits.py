"""When a way is left alone, who finds out whether it works again, and what shuts it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.rules.circuits import (
    CLOSED,
    COOLS,
    COOLS_MOST,
    ENOUGH,
    IN_A_ROW,
    PROBES,
    STOPS,
    WINDOW,
    Circuit,
    Heard,
)
from tests.notify.cast import NIGHT, after

# Whether each answer was good, and how many seconds after the one before it came.
answers = st.lists(st.tuples(st.booleans(), st.floats(0, 120)), max_size=60)


def worked(seconds: float) -> Heard:
    return Heard(after(seconds), ok=True)


def failed(seconds: float, code: str = "") -> Heard:
    return Heard(after(seconds), ok=False, refused_for=code)


def tripped() -> Circuit:
    circuit = CLOSED
    for second in range(IN_A_ROW):
        circuit = circuit.after(failed(second), at=after(second))
    return circuit


OPENED = after(IN_A_ROW - 1)


def test_failures_in_a_row_open_it() -> None:
    circuit = tripped()

    assert circuit.open_until == OPENED + COOLS
    assert not circuit.lets_through(at=OPENED + COOLS / 2)
    assert circuit.lets_through(at=OPENED + COOLS)


def test_one_answer_between_the_failures_keeps_it_closed() -> None:
    circuit = CLOSED
    for second in range(IN_A_ROW - 1):
        circuit = circuit.after(failed(second), at=after(second))

    circuit = circuit.after(worked(4), at=after(4)).after(failed(5), at=after(5))

    assert not circuit.is_open


def test_every_second_one_lost_opens_it_once_there_are_enough() -> None:
    circuit = CLOSED
    opened = []
    for number in range(ENOUGH):
        heard = failed(number) if number % 2 == 0 else worked(number)
        circuit = circuit.after(heard, at=after(number))
        opened.append(circuit.is_open)

    assert opened == [False] * (ENOUGH - 1) + [True]


def test_failures_that_are_far_apart_are_no_pattern() -> None:
    circuit = CLOSED
    pause = WINDOW.total_seconds() + 1
    for number in range(IN_A_ROW - 1):
        circuit = circuit.after(failed(number * pause), at=after(number * pause))

    assert not circuit.is_open
    assert circuit.tried == 1


def test_while_the_probe_is_out_nobody_else_goes() -> None:
    due = OPENED + COOLS

    probing = tripped().probe(at=due)

    assert not probing.lets_through(at=due)
    assert probing.lets_through(at=due + PROBES)


def test_the_probes_answer_closes_it() -> None:
    due = OPENED + COOLS
    probing = tripped().probe(at=due)

    assert probing.after(Heard(due, ok=True), at=due + timedelta(seconds=1)) == CLOSED


def test_what_was_on_its_way_before_it_opened_neither_closes_nor_prolongs_it() -> None:
    probing = tripped().probe(at=OPENED + COOLS)

    for stale in (worked(1), failed(1)):
        assert tripped().after(stale, at=after(9)) == tripped()
        assert probing.after(stale, at=after(60)) == probing


def test_each_probe_that_fails_doubles_the_pause_up_to_five_minutes() -> None:
    circuit, at, pauses = tripped(), OPENED, []
    for _ in range(7):
        assert circuit.open_until
        pauses.append(circuit.open_until - at)
        at = circuit.open_until
        circuit = circuit.probe(at=at).after(Heard(at, ok=False), at=at)

    assert pauses[:4] == [COOLS, COOLS * 2, COOLS * 4, COOLS * 8]
    assert pauses[4:] == [COOLS_MOST] * 3


def test_a_refusal_of_ourselves_opens_it_at_once_and_for_long() -> None:
    circuit = CLOSED.after(failed(0, "30034"), at=NIGHT)

    assert circuit.why == "30034"
    assert circuit.open_until == NIGHT + STOPS


def test_a_stopped_sender_that_fails_its_probe_stays_stopped() -> None:
    due = NIGHT + STOPS
    probing = CLOSED.after(failed(0, "30034"), at=NIGHT).probe(at=due)

    circuit = probing.after(Heard(due, ok=False), at=due)

    assert (circuit.why, circuit.open_until) == ("30034", due + STOPS)


@given(count=st.integers(1, 100))
def test_a_way_that_only_works_stays_as_it_was(count: int) -> None:
    circuit = CLOSED
    for second in range(count):
        circuit = circuit.after(worked(second), at=after(second))

    assert circuit == CLOSED


@given(heard=answers)
def test_it_is_never_shut_for_longer_than_its_longest_pause(
    heard: list[tuple[bool, float]],
) -> None:
    circuit, seconds = CLOSED, 0.0
    for ok, pause in heard:
        seconds += pause
        at = after(seconds)
        if circuit.is_open and circuit.lets_through(at=at):
            circuit = circuit.probe(at=at)
        circuit = circuit.after(Heard(at, ok=ok), at=at)
        longest = max(COOLS_MOST, PROBES)
        assert circuit.open_until is None or circuit.open_until <= at + longest


@given(heard=answers, askers=st.integers(1, 5))
def test_only_one_at_a_time_probes(
    heard: list[tuple[bool, float]], askers: int
) -> None:
    circuit, seconds, probes = CLOSED, 0.0, []
    for ok, pause in heard:
        seconds += pause
        at = after(seconds)
        for _ in range(askers):
            if circuit.is_open and circuit.lets_through(at=at):
                circuit = circuit.probe(at=at)
                probes.append(at)
        if not circuit.is_open:
            circuit = circuit.after(Heard(at, ok=ok), at=at)

    between = [later - sooner for sooner, later in pairwise(probes)]
    assert all(each >= PROBES for each in between)


@given(heard=answers)
def test_it_opens_no_later_than_the_fifth_failure_in_a_row(
    heard: list[tuple[bool, float]],
) -> None:
    circuit, row = CLOSED, 0
    for ok, _ in heard:
        circuit = circuit.after(Heard(NIGHT, ok=ok), at=NIGHT)
        row = 0 if ok else row + 1
        if circuit.is_open:
            break
        assert row < IN_A_ROW


@pytest.mark.parametrize("trips", [0, 3, 9])
def test_a_probe_that_works_forgets_all_that_was(trips: int) -> None:
    shut = Circuit(open_until=NIGHT, trips=trips, why="failing").probe(at=NIGHT)

    assert shut.after(worked(0), at=NIGHT) == CLOSED
