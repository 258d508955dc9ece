"""The last deadline: that the work is done."""

from __future__ import annotations

import pytest

from escalation.rules import Accepted, Moved
from escalation.rules.forecast import Rehearsal
from tests.escalation.ladders import ladder, logged, look, minutes, opened, step, told

ANA = Accepted("ana-ruiz", "voice")
THREE = ladder(
    step("ana-ruiz"),
    step("walter-greene"),
    on_the_way_within=900,
    on_site_within=3600,
    done_within=14_400,
)


@pytest.fixture
def on_site() -> Rehearsal:
    """Ana took it after a minute, and was there after half an hour."""
    story = opened(THREE)
    story.play(ANA, at=minutes(1))
    story.play(Moved("on_site", "ana-ruiz"), at=minutes(30))
    return story


def test_accepting_starts_all_three_deadlines() -> None:
    story = opened(THREE)

    story.play(ANA, at=minutes(1))

    assert story.timers == {
        "on_the_way": minutes(16),
        "on_site": minutes(61),
        "done": minutes(241),
    }


def test_being_there_leaves_the_work_to_be_done(on_site: Rehearsal) -> None:
    assert on_site.timers == {"done": minutes(241)}


def test_work_that_is_done_meets_every_deadline(on_site: Rehearsal) -> None:
    on_site.play(Moved("done", "ana-ruiz"), at=minutes(200))

    assert on_site.timers == {}


def test_work_that_takes_too_long_opens_the_ladder_once(on_site: Rehearsal) -> None:
    """I26: once per miss, and only the work is still expected of who takes it now."""
    for minute in (241, 242, 250):
        look(on_site, minutes(minute))
    on_site.play(Accepted("walter-greene", "sms"), at=minutes(250))

    assert logged(on_site).count("reopened") == 1
    assert (241, "ana-ruiz", "sms") in told(on_site)
    assert on_site.timers == {"done": minutes(490)}


def test_who_says_again_that_they_are_there_has_it_again(on_site: Rehearsal) -> None:
    look(on_site, minutes(241))

    on_site.play(Moved("on_site", "ana-ruiz"), at=minutes(243))

    assert (on_site.run.state, on_site.run.holders) == ("accepted", ("ana-ruiz",))
    assert on_site.timers == {"done": minutes(483)}
    assert logged(on_site)[-1] == "accepted"


def test_saying_twice_what_is_known_is_not_a_second_acceptance() -> None:
    both = ladder(step("ana-ruiz", "walter-greene"), acceptances=2)
    story = opened(both)
    story.play(Moved("on_the_way", "ana-ruiz"), at=minutes(1))

    story.play(Moved("on_the_way", "ana-ruiz"), at=minutes(2))

    assert story.run.state == "running"
    assert logged(story).count("accepted") == 1
