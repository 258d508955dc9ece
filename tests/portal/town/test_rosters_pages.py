"""Who is on call, on pages: read by everybody, changed by those who work."""

from __future__ import annotations

from tests.portal.town.cast import Clerk

ROSTERS = "/town/riverton/rules/rosters"


def test_a_week_of_every_roster_and_a_month_of_one(priya: Clerk) -> None:
    page = priya.get(ROSTERS, week="2026-12-23", month="2026-12", roster="water")

    assert "Week of 21 December to 27 December" in page
    assert "December 2026, Water on call" in page
    print(page)
