"""A name is put on a shift by hand and by key; both end at the plain form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Position, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Visit
from tests.browser.desk import sign_in
from tests.browser.house import House
from tests.browser.scenes import RIVERTON

pytestmark = pytest.mark.browser

CALENDAR = "/town/riverton/rules/rosters?week=2026-12-21&month=2026-12&roster=water"


def test_a_shift_is_given_by_hand_and_by_key(house: House, visit: Visit) -> None:
    page = visit()
    sign_in(page, RIVERTON.manager.email)
    page.goto(CALENDAR)
    found = barriers(page)

    by_hand = dragged(page, "Marcus Bell", onto="Dan Ortiz", day="Wed 23")
    page.goto(CALENDAR)
    by_key = picked_up(page, "Marcus Bell")
    page.goto(CALENDAR)
    moved = moved_by_key(page, "Teresa Novak for Dan Ortiz")
    found += barriers(page)
    page.get_by_role("button", name="Put it into the draft").click()

    assert by_hand == ("marcus-bell", "2026-12-23T07:00", "2026-12-24T07:00")
    assert by_key == ("marcus-bell", "2026-12-14T07:00", "2026-12-21T07:00")
    assert moved == ("teresa-novak", "2026-12-25T12:00", "2026-12-29T07:00")
    expect(page.get_by_text("It is in the draft")).to_be_visible()
    assert not found, "\n".join(found)


def dragged(page: Page, name: str, *, onto: str, day: str) -> tuple[str, ...]:
    week = page.locator(".cal").first
    shift = week.get_by_role("link", name=re.compile(f"^{onto}")).first
    there, here = week.get_by_text(day).bounding_box(), shift.bounding_box()
    assert there is not None
    assert here is not None
    x = there["x"] + there["width"] / 2 - here["x"]
    place = Position(x=x, y=here["height"] / 2)
    page.locator(".hand", has_text=name).drag_to(shift, target_position=place)
    return filled_in(page)


def picked_up(page: Page, name: str) -> tuple[str, ...]:
    """The first shift of the week has the focus then."""
    page.locator(".hand", has_text=name).press(" ")
    expect(page.locator("#in-hand")).to_contain_text(f"{name} is picked up")
    page.keyboard.press("Enter")
    return filled_in(page)


def moved_by_key(page: Page, name: str) -> tuple[str, ...]:
    page.get_by_role("link", name=re.compile(f"^{name}")).first.press(
        "Shift+ArrowRight"
    )
    return filled_in(page)


def filled_in(page: Page) -> tuple[str, ...]:
    page.wait_for_url(re.compile("/exceptions/"))
    fields = ("contact", "starts", "ends")
    return tuple(page.locator(f"[name={each}]").first.input_value() for each in fields)
