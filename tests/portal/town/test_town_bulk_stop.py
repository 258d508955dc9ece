"""Who began an act on many tickets by mistake stops it: what is done stays done."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

import tickets
from portal.town.tickets.bulk_work import carry_on
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tickets import Ticket

LIST = "/town/riverton/tickets"


@pytest.fixture
def holes(night: Night) -> list[Ticket]:
    return [night.report("pothole") for _ in range(3)]


@pytest.fixture
def page(priya: Clerk, holes: Sequence[Ticket]) -> str:
    numbers = " ".join(each.tracking for each in holes)
    sent = {"act": "note", "audience": "town", "body": "Ask the county."}
    answer = priya.send(f"{LIST}/bulk", tickets=numbers, confirmed="yes", **sent)
    address: str = answer.headers["location"]
    return address


def noted(night: Night, holes: Sequence[Ticket]) -> int:
    with night.town() as db:
        return sum(len(tickets.notes(db, each.id)) for each in holes)


def test_what_waits_is_left_and_a_second_press_changes_nothing(
    priya: Clerk, night: Night, holes: Sequence[Ticket], page: str
) -> None:
    carry_on(night.engine, at=night.clock(), at_once=1)
    assert f'action="{page}/stop"' in priya.get(page)

    first = priya.send(f"{page}/stop")
    second = priya.send(f"{page}/stop")

    assert first.headers["location"] == second.headers["location"] == page
    assert carry_on(night.engine, at=night.clock()) == 0
    assert noted(night, holes) == 1
    stopped = priya.get(page)
    assert "Stopped: 1 ticket was done and stays done." in stopped
    assert re.search(r"2 were left as they are\..*Priya Nair", stopped, re.DOTALL)
    assert "/stop" not in stopped
    assert "hx-trigger" not in stopped[stopped.index('id="progress"') :]
    assert "2 sont restées telles quelles." in priya.get(page, lang="fr")


def test_what_is_over_cannot_be_stopped_any_more(
    priya: Clerk, night: Night, holes: Sequence[Ticket], page: str
) -> None:
    carry_on(night.engine, at=night.clock())

    priya.send(f"{page}/stop")

    assert noted(night, holes) == 3
    assert "Done: 3 tickets." in priya.get(page, lang="en")


def test_only_whoever_may_look_at_it_stops_it(
    hire: Hire, claire: Clerk, night: Night, holes: Sequence[Ticket], page: str
) -> None:
    lead = hire("Hal Ivey", night.tenant_id, role="lead", departments=("streets",))
    elsewhere = page.replace("riverton", "sainte-aurore")

    assert lead.send(f"{page}/stop").status_code == 404
    assert claire.send(f"{page}/stop").status_code == 404
    assert claire.send(f"{elsewhere}/stop").status_code == 404
    assert carry_on(night.engine, at=night.clock()) == 3
    assert noted(night, holes) == 3
