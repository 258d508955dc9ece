"""Somebody always hears: who the last resort means when it means nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from escalation.rules import Directory
from tenants.town import DutyDesk, Town, Vacation
from tests.escalation.ladders import (
    NIGHT,
    RIVERTON,
    ladder,
    minutes,
    names,
    opened,
)
from townline import localtime

DESK = DutyDesk(name="Night desk", phone="+13125550190")


def riverton(*away: str, desk: DutyDesk | None = None) -> Town:
    """Riverton without its contact of that name, some of whom are on vacation."""
    here = localtime.wall(NIGHT, RIVERTON.time_zone)
    week = timedelta(days=7)
    vacation = Vacation(starts=here - week, ends=here + week)
    contacts = tuple(
        replace(each, vacations=(vacation,) if each.key in away else ())
        for each in RIVERTON.contacts
        if each.key != "duty-desk"
    )
    return replace(RIVERTON, contacts=contacts, duty_desk=desk)


@pytest.mark.parametrize(
    ("town", "last_resort", "expected"),
    [
        pytest.param(
            riverton(desk=DESK), "contact:ana-ruiz", ["ana-ruiz"], id="who is named"
        ),
        pytest.param(
            riverton("ana-ruiz", desk=DESK),
            "contact:ana-ruiz",
            ["duty-desk"],
            id="the duty desk for who is away",
        ),
        pytest.param(
            riverton(desk=DESK),
            "contact:left-long-ago",
            ["duty-desk"],
            id="the duty desk for who has left",
        ),
        pytest.param(
            riverton("ana-ruiz"),
            "contact:ana-ruiz",
            ["ana-ruiz"],
            id="who is away, rather than nobody",
        ),
        pytest.param(
            riverton(desk=DESK), "duty-desk", ["duty-desk"], id="the desk by name"
        ),
        pytest.param(
            riverton(),
            "number:+13125550199",
            ["+13125550199"],
            id="a number outside the town",
        ),
    ],
)
def test_somebody_always_hears(
    town: Town, last_resort: str, expected: list[str]
) -> None:
    policy = ladder(last_resort=(last_resort,))

    story = opened(policy, people=Directory(town, "water"))

    assert names(story) == expected
    assert story.run.state == "exhausted"
    assert story.timers == {"step": minutes(3)}


def test_when_there_is_nobody_at_all_the_services_own_supervisors_are_alarmed() -> None:
    policy = ladder(last_resort=("contact:left-long-ago",))

    story = opened(policy, people=Directory(riverton(), "water"))

    assert story.run.alarm == "last_resort_empty"
    assert story.timers == {"step": minutes(3)}
