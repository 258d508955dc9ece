"""Who is on call, on pages: read by everybody, changed by those who work."""

from __future__ import annotations

import re

import pytest

import tenants
from tenants import examples
from tenants.town import Town
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tests.portal.town.rostering import (
    ROSTERS,
    WATER,
    drafted,
    holding,
    on_water,
    unwritten,
)

__all__ = ["unwritten"]

# Dan has the week from Monday 9 February; Marcus the one before.
EVENING = {"starts": "2026-02-12T18:00", "ends": "2026-02-13T07:00"}
MARCUS = {"kind": "overrides", "contact": "marcus-bell", **EVENING}
AWAY = {"kind": "absences", "contact": "dan-ortiz", **EVENING}


def test_a_week_a_month_and_one_shift_of_them_are_read(priya: Clerk) -> None:
    page = priya.get(ROSTERS, week="2026-12-23", month="2026-12", roster="water")
    today = priya.get(ROSTERS, week="soon", month="2026-99", roster="nobody")
    shift = priya.get(
        f"{WATER}/shift", since="2026-12-24T12:00", until="2026-12-28T07:00"
    )

    assert "Week of 21 December to 27 December" in page
    assert "December 2026, Water on call" in page
    assert "Teresa Novak for Dan Ortiz" in page
    assert "Away: Dan Ortiz" in page
    assert "Week of 9 February to 15 February" in today
    assert "February 2026, Water on call" in today
    assert "Dan Ortiz is away" in shift
    assert "(312) 555-0113" in shift


@pytest.mark.usefixtures("unwritten")
def test_somebody_stands_in_at_once_is_changed_and_taken_out(
    priya: Clerk, night: Night
) -> None:
    put = priya.send(f"{WATER}/exceptions", **MARCUS, holds="now")
    stood_in = on_water(holding(night), "2026-02-12T20:00")
    [one] = edits(priya)
    priya.send(one, **{**MARCUS, "ends": "2026-02-12T19:00"}, holds="later")
    shortened = on_water(drafted(night), "2026-02-12T20:00")
    [one] = edits(priya)
    priya.send(f"{one}/removal", holds="later")

    assert put.headers["location"].endswith("week=2026-02-12&month=2026-02")
    assert stood_in == ("marcus-bell",)
    assert shortened == ("dan-ortiz",)
    assert drafted(night) == as_written()


def test_what_a_manager_puts_into_the_draft_holds_for_nobody_yet(
    priya: Clerk, tom: Clerk, night: Night
) -> None:
    priya.send(f"{WATER}/exceptions", **MARCUS, how="beside", holds="later")

    assert on_water(holding(night), "2026-02-12T20:00") == ("dan-ortiz",)
    both = on_water(drafted(night), "2026-02-12T20:00")
    assert sorted(both) == ["dan-ortiz", "marcus-bell"]
    assert "Thu 12 Feb, 18:00" in week_of(priya.get(ROSTERS))
    assert "Thu 12 Feb, 18:00" not in week_of(priya.get(ROSTERS, of="holds"))
    assert "Thu 12 Feb, 18:00" not in week_of(tom.get(ROSTERS))
    assert tom.send(f"{WATER}/exceptions", **MARCUS, holds="later").status_code == 403


def test_a_night_without_anybody_is_refused_at_once_and_red_in_the_draft(
    priya: Clerk, night: Night
) -> None:
    refused = priya.send(f"{WATER}/exceptions", **AWAY, holds="now")
    priya.send(f"{WATER}/exceptions", **AWAY, holds="later")
    page = priya.get(ROSTERS)

    assert refused.status_code == 422
    assert "Somebody would not be reached:" in refused.text
    assert 'value="2026-02-12T18:00"' in refused.text
    assert on_water(drafted(night), "2026-02-12T20:00") == ()
    assert "1 stretch without anybody" in page
    assert 'class="shift gap"' in page


def test_a_lead_changes_the_rosters_of_their_own_people_only(
    hire: Hire, night: Night
) -> None:
    lead = hire("Lena Fox", night.tenant_id, role="lead", departments=("forestry",))

    refused = lead.send(f"{WATER}/exceptions", **MARCUS, holds="now")

    assert refused.status_code == 403
    assert lead.look(f"{ROSTERS}/forestry/exceptions/new").status_code == 200
    assert "Replace somebody" not in lead.get(f"{WATER}/shift")


def test_another_town_has_no_such_roster(claire: Clerk) -> None:
    assert claire.look(f"{WATER}/shift").status_code == 404
    assert claire.send(f"{WATER}/exceptions", **MARCUS, holds="now").status_code == 404
    elsewhere = WATER.replace("riverton", "sainte-aurore")
    assert claire.look(f"{elsewhere}/shift").status_code == 404
    assert claire.send(f"{elsewhere}/exceptions", **MARCUS).status_code == 404
    vacation = "/town/sainte-aurore/rules/vacations/dan-ortiz/made-up/removal"
    assert claire.send(vacation).status_code == 404


def week_of(page: str) -> str:
    return page.partition('class="cal"')[2].partition("</table>")[0]


def edits(clerk: Clerk) -> list[str]:
    """What of that evening can be changed."""
    evening = {"since": EVENING["starts"], "until": EVENING["ends"]}
    page = clerk.get(f"{WATER}/shift", **evening)
    return re.findall(rf'href="({WATER}/exceptions/overrides/\w+)"', page)


def as_written() -> Town:
    """Riverton as its example has it."""
    return tenants.read(examples.text("riverton"), source="tests")


def test_a_vacation_is_taken_and_taken_back(priya: Clerk, night: Night) -> None:
    away = {"contact": "dan-ortiz", **EVENING, "holds": "later"}
    put = priya.send("/town/riverton/rules/vacations", **away)
    gone = on_water(drafted(night), "2026-02-12T20:00")
    page = priya.get("/town/riverton/rules/vacations")
    [back] = re.findall(
        r'action="(/town/riverton/rules/vacations/dan-ortiz/\w+/removal)"', page
    )

    priya.send(back, holds="later")

    assert put.status_code == 303
    assert gone == ()
    assert "Thu 12 Feb, 18:00 to Fri 13 Feb, 07:00" in page
    assert drafted(night).contact("dan-ortiz").vacations == ()


def test_a_roster_is_set_up_changed_and_taken_away_in_the_draft(
    priya: Clerk, night: Night
) -> None:
    turns = {"anchor": "2026-02-09T08:00", "days": "7", "member.1": "dan-ortiz"}
    empty = priya.send(ROSTERS, **{"name.en": " ", "days": "x"})
    made = priya.send(ROSTERS, **{"name.en": "Snow & ice", **turns})
    page = priya.get(f"{ROSTERS}/snow-ice")
    [was] = re.findall(r'name="was" value="(\w+)"', page)
    changed = {"name.en": "Snow", **turns, "member.2": "marcus-bell", "was": was}
    priya.send(f"{ROSTERS}/snow-ice", **changed)
    stale = priya.send(f"{ROSTERS}/snow-ice", **changed)
    roster = drafted(night).roster("snow-ice")
    asked = priya.get(f"{WATER}/removal")
    [was] = re.findall(
        r'name="was" value="(\w+)"', priya.get(f"{ROSTERS}/snow-ice/removal")
    )
    priya.send(f"{ROSTERS}/snow-ice/removal", was=was)

    assert empty.status_code == 422
    assert "Write a name." in empty.text
    assert made.status_code == 303
    assert "No escalation asks this roster" in page
    assert roster.members == ("dan-ortiz", "marcus-bell")
    assert stale.status_code == 422
    assert "since you opened it" in stale.text
    assert "cannot be published before they ask somebody else" in asked
    assert [each.key for each in drafted(night).rosters if "snow" in each.key] == []
