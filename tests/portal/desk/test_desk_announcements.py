"""What a town tells every caller for now: said, heard, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls import announcing
from calls.returning.models import Announcement
from tenants.town import Text
from tests.portal.desk.cast import Agent
from townline.errors import Problem
from townline.proof import Actor
from townline.tenancy import TenantSession

HERE = "/desk/announcements"
MAYA = Actor("agent", "Maya Okafor")


def say(agent: Agent, town: str = "riverton", **words: str) -> int:
    return agent.send(HERE, town=town, hours="4", **words)[0]


def test_an_announcement_is_said_until_its_end(
    riverton: TenantSession, maya: Agent
) -> None:
    assert say(maya, en="The main on Elm Street is being repaired.") == 303

    at = maya.clock.at
    for hours, heard in ((3, "The main on Elm Street is being repaired."), (4, None)):
        now = announcing.current(riverton, at=at + timedelta(hours=hours))
        assert (now.en if now else None) == heard
    page = maya.get(HERE)
    assert "The main on Elm Street" in page
    assert "Maya Okafor" in page


def test_the_latest_is_what_callers_hear(riverton: TenantSession, maya: Agent) -> None:
    say(maya, en="First.")
    maya.clock.at += timedelta(minutes=1)
    say(maya, en="Second.")

    now = announcing.current(riverton, at=maya.clock.at)

    assert now == Text(en="Second.")
    assert "waits behind a later one" in maya.get(HERE)


def test_it_can_be_ended_before_its_time_and_twice(
    riverton: TenantSession, maya: Agent
) -> None:
    say(maya, en="The main is being repaired.")
    told = riverton.session.scalars(riverton.rows(Announcement)).one()

    for _ in ("once", "and a double click"):
        assert maya.send(f"{HERE}/riverton/{told.id}/end")[0] == 303

    assert announcing.current(riverton, at=maya.clock.at) is None
    assert "No town says anything special" in maya.get(HERE)


def test_words_are_needed(maya: Agent) -> None:
    status, page = maya.send(HERE, town="riverton", hours="4", en="  ")

    assert status == 422
    assert "An announcement needs words" in page


def test_an_end_that_has_passed_is_refused(
    riverton: TenantSession, maya: Agent
) -> None:
    at = maya.clock.at

    with pytest.raises(Problem):
        announcing.announce(riverton, Text(en="Now."), ends_at=at, by=MAYA, at=at)


def test_a_town_cannot_speak_for_another(
    sainte_aurore: TenantSession, tom: Agent, maya: Agent
) -> None:
    say(maya, "sainte-aurore", fr="La conduite est en réparation.")
    told = sainte_aurore.session.scalars(sainte_aurore.rows(Announcement)).one()

    assert say(tom, "sainte-aurore", en="Mine now.") == 404
    for slug in ("riverton", "sainte-aurore"):
        assert tom.send(f"{HERE}/{slug}/{told.id}/end")[0] == 404
    assert "La conduite" not in tom.get(HERE)
