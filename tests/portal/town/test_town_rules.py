"""When last night was, whether a promise was kept, and sentences read aloud."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from portal.town.aloud import ladder, length
from portal.town.headline import Figures, headline
from portal.town.rules import (
    PromiseState,
    hours_of,
    last_night,
    promise_state,
    start_of_week,
)
from tests.conftest import NIGHT
from tests.tenants.example_towns import TOWNS
from townline.i18n import speaking

CHICAGO = "America/Chicago"
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "since", "until"),
    [
        pytest.param("11T08:12", "11T00:00", "11T08:12", id="it is still night"),
        pytest.param("11T13:00", "11T00:00", "11T13:00", id="seven in the morning"),
        pytest.param(
            "11T20:00", "11T00:00", "11T13:00", id="afternoon: the past night"
        ),
        pytest.param(
            "12T05:30", "11T00:00", "11T13:00", id="the evening has not ended"
        ),
    ],
)
def test_last_night_is_from_six_to_seven(at: str, since: str, until: str) -> None:
    night = last_night(utc(at), CHICAGO)

    assert (night.since, night.until) == (utc(since), utc(until))


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    night = last_night(datetime(2026, 3, 8, 14, tzinfo=UTC), CHICAGO)

    assert night.until - night.since == 12 * HOUR
    assert len(hours_of(night, CHICAGO)) == 13


def test_weeks_begin_on_monday() -> None:
    assert start_of_week(NIGHT, CHICAGO) == datetime(2026, 2, 9, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("settled", "at", "expected"),
    [
        pytest.param(0.5, 2, "kept", id="somebody came in time"),
        pytest.param(1, 2, "kept", id="to the minute"),
        pytest.param(1.1, 2, "missed", id="somebody came late"),
        pytest.param(None, 2, "missed", id="nobody came"),
        pytest.param(None, 0.5, "due_today", id="there is time yet"),
        pytest.param(None, -30, "due_later", id="it is for another day"),
    ],
)
def test_a_promise_is_kept_by_whoever_comes_in_time(
    settled: float | None, at: float, expected: PromiseState
) -> None:
    came = None if settled is None else NIGHT + settled * HOUR

    state = promise_state(NIGHT + HOUR, came, at=NIGHT + at * HOUR, zone=CHICAGO)

    assert state == expected


def figures(**changes: object) -> Figures:
    silent: dict[str, object] = {
        "calls": 0,
        "answered": 0,
        "missed": 0,
        "tickets": 0,
        "from_calls": 0,
        "waits": (),
        "unaccepted": 0,
    }
    return Figures(**{**silent, **changes})  # type: ignore[arg-type]  # a table's row


@pytest.mark.parametrize(
    ("night", "said"),
    [
        pytest.param(figures(), "Nobody called last night.", id="silence is said"),
        pytest.param(
            figures(calls=1, answered=1),
            "One call last night. One had an answer at once.",
            id="a question",
        ),
        pytest.param(
            figures(calls=4, answered=3, missed=1, tickets=2, from_calls=2),
            "4 calls last night. One hung up before anybody answered."
            " One had an answer at once. 2 tickets were made.",
            id="who was missed is counted",
        ),
        pytest.param(
            figures(tickets=1, waits=(timedelta(seconds=342),)),
            "Nobody called last night. One ticket was made."
            " The emergency was accepted after 5\u00a0minutes 42\u00a0seconds.",
            id="an emergency by text",
        ),
        pytest.param(
            figures(unaccepted=1),
            "Nobody called last night. Nobody has accepted one emergency yet.",
            id="an emergency that waits",
        ),
    ],
)
def test_a_morning_begins_with_a_sentence(night: Figures, said: str) -> None:
    assert headline(night) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 seconds"), (90, "90 seconds"), (60, "1 minute"), (7200, "2 hours")],
)
def test_lengths_are_never_rounded(seconds: int, said: str) -> None:
    assert length(seconds) == said


def test_a_policy_reads_aloud() -> None:
    town = TOWNS["riverton"]
    policy = next(each for each in town.policies if each.key == "emergency")

    read = ladder(town, policy)

    assert read.steps[0] == (
        "At once, a text and an email to whoever is on duty in “Public works on call”;"
        " 2 minutes later, a call if there is no answer."
        " If nobody has accepted after 5 minutes, go on."
    )
    assert read.steps[1].startswith("Then, a text and a call to Gus Petrakis")
    assert "This is done once more." in read.steps[1]
    assert read.last.endswith("every 3 minutes, until a person accepts.")


def test_a_policy_says_when_it_holds_whom_it_means_and_what_waits() -> None:
    town = TOWNS["riverton"]
    night, *_ = town.policies[0].steps
    step = replace(night, to=("role:foreman", "number:+13125550199", "department"))
    policy = replace(
        town.policies[0],
        calendar="holiday",
        days=("sun",),
        hours="any",
        steps=(step,),
        digest=(time(12), time(17)),
        done_within=7200,
    )

    read = ladder(town, policy)

    assert read.applies.endswith(", on holidays, on Sunday")
    assert (
        "whoever has the role “foreman”, +13125550199 and everybody of the category’s"
        " department"
    ) in read.steps[0]
    assert "It is done within 2 hours, or the ladder starts again." in read.after
    assert "All of it is told together, at 12:00 and 17:00." in read.after


@pytest.mark.parametrize("slug", TOWNS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_policy_of_both_towns_reads_in_both_languages(
    slug: str, language: str
) -> None:
    with speaking(language):
        for policy in TOWNS[slug].policies:
            read = ladder(TOWNS[slug], policy)
            sentences = (*read.steps, read.last, *read.after)
            assert not any("{" in sentence for sentence in sentences)


def utc(day_and_time: str) -> datetime:
    return datetime.fromisoformat(f"2026-02-{day_and_time}+00:00")
