"""Nobody is on call for a while: it is seen on the calendar, and mended by keys."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tenants import drafting
from tenants.rules import gaps, staffed
from tests.browser.barriers import barriers
from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import sign_in
from tests.browser.house import House
from tests.browser.scenes import RIVERTON

pytestmark = pytest.mark.browser

# The week after the story's night; Teresa Novak has its turn, from Monday at 07:00.
WEEK = "week=2026-02-16&month=2026-02&roster=water"
CALENDAR = f"/town/riverton/rules/rosters?{WEEK}"


def test_a_shift_is_given_moved_lost_and_filled_by_keys(
    house: House, visit: Visit
) -> None:
    page = visit()
    sign_in(page, RIVERTON.manager.email, at=CALENDAR)
    page.wait_for_load_state()

    marcus_stands_in(page)
    a_day_later(page)
    found = teresa_is_away(page)
    expect(page.locator(".shift.gap").first).to_be_visible()
    expect(page.get_by_text("without anybody")).to_be_visible()
    found += barriers(page)
    shoot(page, "gap-open")
    found += dan_fills_it(page)

    expect(page.get_by_text("without anybody")).to_have_count(0)
    expect(page.locator(".shift.gap")).to_have_count(0)
    assert unmanned(house) == []
    assert not found, "\n".join(found)


def marcus_stands_in(page: Page) -> None:
    page.locator(".hand", has_text="Marcus Bell").press(" ")
    expect(page.locator("#in-hand")).to_contain_text("is picked up")
    shift(page, "Teresa Novak").press("Enter")
    page.wait_for_url(re.compile("/exceptions/new"))
    page.locator("#ends").fill("2026-02-18T07:00")
    kept(page)


def a_day_later(page: Page) -> None:
    shift(page, "Marcus Bell for Teresa Novak").press("Shift+ArrowRight")
    page.wait_for_url(re.compile("/exceptions/overrides/"))
    expect(page.locator("#starts")).to_have_value("2026-02-17T07:00")
    expect(page.locator("#ends")).to_have_value("2026-02-19T07:00")
    kept(page)


def teresa_is_away(page: Page) -> list[str]:
    shift(page, "Teresa Novak").press("Enter")
    page.get_by_role("link", name="Say that somebody is away").press("Enter")
    page.wait_for_url(re.compile("kind=absences"))
    found = barriers(page)
    kept(page)
    return found


def dan_fills_it(page: Page) -> list[str]:
    page.get_by_role("link", name="Fill the first").press("Enter")
    page.get_by_role("link", name="Put somebody on it").press("Enter")
    page.wait_for_url(re.compile("/exceptions/new"))
    page.locator("#contact").select_option(label="Dan Ortiz")
    found = barriers(page)
    kept(page)
    return found


def shift(page: Page, name: str) -> Locator:
    """The first of the week that is shown."""
    week = page.locator(".cal").first
    return week.get_by_role("link", name=re.compile(f"^{name}")).first


def kept(page: Page) -> None:
    """In the draft; the calendar then shows the week that was looked at."""
    page.get_by_role("button", name="Put it into the draft").press("Enter")
    expect(page.get_by_text("It is in the draft")).to_be_visible()
    page.goto(CALENDAR)


def unmanned(house: House) -> list[object]:
    with house.town("riverton") as db:
        town = drafting.editing(db).town
    water, since = staffed(town, town.roster("water")), house.clock()
    until = since + timedelta(days=14)
    return list(gaps(water, town.time_zone, since=since, until=until))
