"""What people do when they are told: drawn by lot, and held to what they were sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants import rules
from tests.simulation.cast import RIVERTON, SAINTE_AURORE, WEEKEND, planned, written
from tickets import Intake, faults
from townline.db import new_id
from townline.entrypoints.replay import residents
from townline.entrypoints.replay.acts import Clicks, Presses, Reports, Responds, Texts
from townline.entrypoints.replay.crew import Crew, last_resorts
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.told import Told

NOON = datetime(2011, 7, 1, 17, 0, tzinfo=UTC)
SMS = "RIV L3: Pothole, Elm St. Reply 41 to take it, 41 no if you cannot. https://x/r/"
LETTER = "Two questions: https://townline.example/s/RIV/abc-DEF_12"


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(planned(written(tmp_path / "weekend.csv", WEEKEND), RIVERTON))


def told(crew: Crew, name: str, **changes: Any) -> Told:  # noqa: ANN401 - any field
    """A text about the first row, at noon, to somebody of the streets."""
    fields: dict[str, Any] = {
        "attempt_id": new_id(),
        "ticket_id": new_id(),
        "client_key": crew.plan.asked[0].intake.client_key,
        "name": name,
        "purpose": "relay",
        "contact": "gus-petrakis",
        "channel": "sms",
        "level": 3,
        "ours": "+13125550100",
        "theirs": "+13125550111",
        "body": SMS,
        "token": "token",
        "at": NOON,
    }
    return Told(**(fields | changes))


def acts(crew: Crew, count: int = 300, **changes: Any) -> list[Any]:  # noqa: ANN401
    """What ``count`` people do who were told the same."""
    return [
        later.act
        for number in range(count)
        for later in crew.reactions(told(crew, f"{number}", **changes))
    ]


def of(kind: type, done: list[Any]) -> list[Any]:
    return [act for act in done if isinstance(act, kind)]


def test_a_text_is_answered_by_the_code_printed_in_it(crew: Crew) -> None:
    texts = of(Texts, acts(crew))

    assert texts
    assert all("41" in text.body.split() for text in texts)


def test_a_text_without_a_code_is_answered_by_its_link(crew: Crew) -> None:
    done = acts(crew, body="RIV L3: Pothole, Elm St. https://x/r/RIV/token")

    assert not of(Texts, done)
    assert {click.token for click in of(Clicks, done)} == {"token"}


def test_whoever_got_no_text_answers_none(crew: Crew) -> None:
    for number in range(300):
        done = [x.act for x in crew.reactions(told(crew, f"{number}"))]
        lost = [report for report in of(Reports, done) if report.error]
        assert not lost or done == lost


def test_a_call_ends_in_a_key_in_silence_or_at_a_machine(crew: Crew) -> None:
    done = acts(crew, channel="voice")

    assert {press.digit for press in of(Presses, done)} == {"1", "2"}
    assert any(report.by_machine for report in of(Reports, done))
    statuses = {report.status for report in of(Reports, done)}
    assert statuses == {"in-progress", "completed", "no-answer", "busy"}


def test_a_key_is_pressed_while_the_call_lasts(crew: Crew) -> None:
    for number in range(300):
        later = list(crew.reactions(told(crew, f"{number}", channel="voice")))
        pressed = [each.at for each in later if isinstance(each.act, Presses)]
        if pressed:
            assert later[0].at < pressed[0] < later[-1].at


def test_the_last_resort_is_there_for_it(crew: Crew) -> None:
    desk = of(Clicks, acts(crew, channel="email", contact="duty-desk"))
    others = of(Clicks, acts(crew, channel="email"))

    assert last_resorts(RIVERTON) == {"duty-desk", "ellen-voss"}
    assert len(desk) > 3 * len(others)


def test_fewer_answer_at_night(crew: Crew) -> None:
    night = NOON.replace(hour=8)

    assert len(of(Texts, acts(crew, at=night))) < len(of(Texts, acts(crew)))


def test_a_survey_is_answered_by_some_behind_its_own_link(crew: Crew) -> None:
    responses = of(Responds, acts(crew, channel="email", purpose="survey", body=LETTER))

    assert 0 < len(responses) < 150
    assert {each.token for each in responses} == {"abc-DEF_12"}


def test_news_ask_for_no_answer(crew: Crew) -> None:
    assert {type(act) for act in acts(crew, purpose="news")} == {Reports}


def test_people_do_the_same_in_every_replay(crew: Crew) -> None:
    """Ids are new each time; what is drawn hangs on none of them."""
    once, again = (
        [(later.at, type(later.act)) for later in crew.reactions(told(crew, "1/0"))]
        for _ in range(2)
    )

    assert once == again


def test_nobody_reacts_to_what_is_not_of_this_replay(crew: Crew) -> None:
    stranger = told(crew, "0", client_key=UUID(int=1))

    assert list(crew.reactions(stranger)) == []


@given(seed=st.integers(), town=st.sampled_from([RIVERTON, SAINTE_AURORE]))
def test_whatever_is_answered_at_the_desk_makes_a_ticket(seed: int, town: Any) -> None:  # noqa: ANN401
    for category in town.categories:
        lots = Lots(seed, category.key)
        longitude, latitude = residents.point(town, lots)
        intake = Intake(
            client_key=UUID(int=0),
            category=category.key,
            channel="phone",
            caller=residents.caller("phone", town.languages[0], lots),
            latitude=latitude,
            longitude=longitude,
            answers=residents.answers(category, lots),
        )

        assert list(faults(town, intake)) == []
        assert rules.stop(category, intake.answers) is None
        assert rules.inside(town, (longitude, latitude))
