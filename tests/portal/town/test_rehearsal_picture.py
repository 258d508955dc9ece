"""A rehearsal as a picture: who stands where, and what can be seen of a long night."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from portal.town.rehearsal import Asked, Rehearsed, rehearsed
from portal.town.rehearsal_picture import MARK, Picture
from portal.town.timescale import APART, LEFT, RIGHT, Scale
from tenants.town import Town
from tests.conftest import NIGHT
from tests.tenants.example_towns import TOWNS

RIVERTON = TOWNS["riverton"]
MINUTES = st.lists(st.integers(0, 20_000), min_size=1, max_size=12)


def ask(
    script: str = "nobody", *, level: int = 1, draft: Town | None = None
) -> Rehearsed:
    asked = Asked(category="water-main-break", level=level, at=NIGHT, script=script)
    return rehearsed(asked, held=RIVERTON, draft=draft)


def drawn(script: str = "nobody", *, level: int = 1) -> Picture:
    return ask(script, level=level).sides[0].picture


def in_minutes(minutes: list[int]) -> list[datetime]:
    return [NIGHT + timedelta(minutes=each) for each in minutes]


@settings(deadline=None)  # dates are said from a catalog, read once
@given(MINUTES)
def test_what_is_later_stands_further_right_and_within_the_picture(
    minutes: list[int],
) -> None:
    instants = sorted(in_minutes(minutes))

    places = [Scale.over(instants).x(at) for at in instants]

    assert places == sorted(places)
    assert LEFT <= places[0] <= places[-1] <= RIGHT + 1


@settings(deadline=None)  # dates are said from a catalog, read once
@given(MINUTES)
def test_hours_on_the_scale_can_all_be_read(minutes: list[int]) -> None:
    ticks = [*Scale.over(in_minutes(minutes)).ticks("America/Chicago")]

    assert ticks[0].day
    assert all(later.x - each.x >= APART for each, later in pairwise(ticks))


def test_a_night_of_waiting_is_a_break_and_not_most_of_the_picture() -> None:
    at_eight = NIGHT + timedelta(hours=6)
    scale = Scale.over([NIGHT, at_eight, at_eight + timedelta(minutes=5)])

    assert [each.length for each in scale.breaks] == [timedelta(hours=6)]
    assert scale.x(at_eight) < RIGHT / 2


def test_people_stand_in_the_order_in_which_they_are_told() -> None:
    picture = drawn()

    assert [row.name for row in picture.rows][1:3] == ["Ana Ruiz", "Walter Greene"]
    assert picture.rows[-1].role == "last resort"
    assert [each.tone for each in picture.captions] == ["good", "halt"]
    assert [each.number for each in picture.rounds] == [2]


def test_marks_of_one_person_never_cover_each_other() -> None:
    by_row: dict[int, list[float]] = {}
    for mark in drawn("storm").marks:
        by_row.setdefault(mark.y, []).append(mark.x)

    for places in by_row.values():
        assert all(round(b - a, 1) >= MARK for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("script", "sign", "tone"),
    [
        pytest.param("accepts", "check", "is-ok", id="a person's yes is green"),
        pytest.param("declines", "no", "is-soon", id="a no is not"),
        pytest.param("undelivered", "no", "is-bad", id="a lost text is red"),
    ],
)
def test_what_became_of_a_message_can_be_seen(
    script: str, sign: str, tone: str
) -> None:
    assert (sign, tone) in {(each.sign, each.tone) for each in drawn(script).marks}


def test_a_machine_is_never_green() -> None:
    assert {each.tone for each in drawn().marks} == {"mark"}


def test_the_draft_and_what_holds_stand_on_one_scale() -> None:
    faster = replace_wait(RIVERTON, "water-night", 240)

    held, draft = ask(draft=faster).sides

    assert held.picture.ticks == draft.picture.ticks
    assert held.picture.instants == draft.picture.instants
    assert len(held.moments) == len(draft.moments)
    lasts = [side.timeline.last_resort for side in (draft, held)]
    assert lasts == sorted(filter(None, lasts))
    assert lasts[0] != lasts[1]


def test_a_draft_that_changes_nothing_here_says_so() -> None:
    elsewhere = replace_wait(RIVERTON, "routine", 3_600)

    assert ask(draft=elsewhere).is_the_same
    assert not ask(draft=replace_wait(RIVERTON, "water-night", 240)).is_the_same


def test_a_category_that_only_the_draft_has_is_tried_there_alone() -> None:
    known = tuple(e for e in RIVERTON.categories if e.key != "water-main-break")
    held = with_(RIVERTON, categories=known)
    asked = Asked(category="water-main-break", level=1, at=NIGHT, script="nobody")

    sides = rehearsed(asked, held=held, draft=RIVERTON).sides

    assert [side.is_draft for side in sides] == [True]


def test_a_moment_beyond_the_end_is_the_last() -> None:
    asked = replace(ask().asked, moment=999)

    assert rehearsed(asked, held=RIVERTON).asked.moment == ask().last


def replace_wait(town: Town, key: str, wait: int) -> Town:
    policies = tuple(
        with_(
            policy,
            steps=tuple(with_(step, wait=wait) for step in policy.steps),
        )
        if policy.key == key
        else policy
        for policy in town.policies
    )
    return with_(town, policies=policies)
