"""A leg's life, whatever is told of it, how often, and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.legs import rules
from calls.legs.rules import After, Facts
from tests.conftest import NIGHT

OUTCOMES = (*rules.UNREACHED, "completed", "dropped")
REPORTS = st.one_of(
    st.tuples(st.just("rang"), st.sampled_from(("CA1", "CA2"))),
    st.tuples(st.just("joined"), st.sampled_from(("CA1", "CA2"))),
    st.tuples(st.just("left"), st.sampled_from(OUTCOMES)),
    st.tuples(st.sampled_from(("dismissed", "kept")), st.just("")),
)


def after(facts: Facts, report: tuple[str, str], second: int) -> Facts:
    at = NIGHT + timedelta(seconds=second)
    what, word = report
    match what:
        case "rang":
            return rules.rang(facts, word)
        case "joined":
            return rules.joined(facts, word, at=at)
        case "left":
            return rules.left(facts, word, at=at)
        case "dismissed":
            return rules.dismissed(facts)
        case _:
            return rules.kept(facts)


@given(st.lists(REPORTS, max_size=12))
def test_what_is_over_stays_as_it_ended(reports: list[tuple[str, str]]) -> None:
    facts, ended = Facts(), None
    for second, report in enumerate(reports):
        facts = after(facts, report, second)
        if ended is None and facts.state == "over":
            ended = facts
        if ended:
            assert (facts.state, facts.left_at) == ("over", ended.left_at)
            assert facts.outcome == ended.outcome


@given(st.lists(REPORTS, max_size=12))
def test_told_again_at_once_nothing_more_happens(
    reports: list[tuple[str, str]],
) -> None:
    once, twice = Facts(), Facts()
    for second, report in enumerate(reports):
        once = after(once, report, second)
        twice = after(after(twice, report, second), report, second)

    assert once == twice


@given(st.lists(REPORTS, max_size=12))
def test_only_one_telephone_ever_has_the_place(
    reports: list[tuple[str, str]],
) -> None:
    facts = Facts()
    for second, report in enumerate(reports):
        facts = after(facts, report, second)

    admitted = [sid for sid in ("CA1", "CA2") if rules.may_enter(facts, sid)]
    if facts.state == "joined":
        assert admitted == [facts.sid]
    if facts.state == "over":
        assert admitted == []


@given(st.lists(REPORTS, max_size=12))
def test_whoever_never_joined_was_not_reached(
    reports: list[tuple[str, str]],
) -> None:
    facts = Facts()
    for second, report in enumerate(reports):
        facts = after(facts, report, second)

    if facts.state == "over" and facts.joined_at is None:
        assert facts.outcome in {*rules.UNREACHED, "dropped"}
    if facts.state == "over" and facts.joined_at:
        assert facts.outcome in {"left", "dropped"}


@pytest.mark.parametrize(
    ("present", "ends"),
    [
        pytest.param(1, True, id="nobody is left alone"),
        pytest.param(2, True, id="either ends it for the other"),
        pytest.param(3, False, id="two go on without the third"),
    ],
)
def test_whether_a_room_ends_with_whoever_leaves(present: int, ends: bool) -> None:  # noqa: FBT001 - a table's column
    assert rules.ends_with_any(present) is ends


@pytest.mark.parametrize(
    ("accounted_for", "kinds", "hears"),
    [
        pytest.param(True, ["agent"], "goodbye", id="the agent ended it"),
        pytest.param(False, ["agent"], "back in line", id="the agent's line died"),
        pytest.param(False, [], "back in line", id="nobody ever came"),
        pytest.param(False, ["agent", "emergency"], "passed on", id="after 911"),
        pytest.param(
            False, ["contact", "agent"], "back in line", id="the agent was last"
        ),
    ],
)
def test_what_a_caller_hears_when_the_room_is_over(
    accounted_for: bool,  # noqa: FBT001 - a table's column
    kinds: list[str],
    hears: After,
) -> None:
    assert rules.after_room(accounted_for=accounted_for, kinds=kinds) == hears
