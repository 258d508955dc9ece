"""An administrator brings a town on, and sees that a telephone of it rings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import sign_in
from tests.browser.house import House
from tests.browser.scenes import RIVERTON
from townline.entrypoints import seed

pytestmark = pytest.mark.browser

LINE = seed.FREE_LINES[0]
# Whoever opens the town has a telephone of their own at hand.
OWN = RIVERTON.caller.number
CODE = re.compile(r"Reply (\d{2,3}) to say")
TOWN = {
    "Name in English": "Town of Maple Falls",
    "Its email address": "desk@maplefalls.example",
    "Where town hall is": "41.9500, -87.6500",
}
PEOPLE = {
    "#name_1": "Ruth Adler",
    "#mobile_1": "312 555 0181",
    "#duty_name": "Fire hall",
    "#duty_phone": "312 555 0199",
    "#manager_name": "Omar Diaz",
    "#manager_email": "omar@maplefalls.example",
}


def test_a_town_is_on_from_its_name_to_an_answered_telephone(
    swept: None, house: House, visit: Visit
) -> None:
    page = visit()
    sign_in(page, "ada.lane@townline.example", at="/desk/towns/new")

    found = barriers(page)
    name_it(page)
    page.get_by_label("Telephone number of the town's line").fill(LINE)
    found += go_on(page)
    expect(page.locator("input[name^='categories.']:checked").first).to_be_visible()
    found += go_on(page)
    for field, typed in PEOPLE.items():
        page.locator(field).fill(typed)
    found += go_on(page)
    a_green_night(page)
    page.get_by_role("button", name="Open the town").click()
    expect(
        page.get_by_role("heading", name="Town of Maple Falls is on")
    ).to_be_visible()
    found += barriers(page)
    try_ones_own_telephone(house, page)

    expect(page.get_by_text("has answered: relays arrive there.")).to_be_visible()
    letter = house.bench.mailbox("omar@maplefalls.example").wait_for_letter("Maple")
    assert "/join/" in letter.text
    assert not found, "\n".join(found)


def name_it(page: Page) -> None:
    for label, typed in TOWN.items():
        page.get_by_label(label).fill(typed)
    page.get_by_label("Its clock").select_option("America/Chicago")
    page.get_by_label("Whose public holidays").select_option("US-IL")
    page.get_by_role("button", name="Go on").click()


def go_on(page: Page) -> list[str]:
    step = page.locator("#step").inner_text()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#step")).not_to_have_text(step)
    shoot(page, f"beginning-{page.locator('#step').inner_text()[0]}")
    return barriers(page)


def a_green_night(page: Page) -> None:
    """The linter's word, and what would be done in the first night."""
    expect(page.get_by_text("The rules are green.")).to_be_visible()
    night = page.locator(".night")
    expect(night).to_contain_text("Ruth Adler")
    expect(night).to_contain_text("Fire hall")


def try_ones_own_telephone(house: House, page: Page) -> None:
    page.get_by_label("Your telephone").fill(OWN)
    page.get_by_role("button", name="Send a test relay").click()
    phone = house.bench.phone(OWN)
    text = phone.wait_for_text("TEST")
    code = CODE.search(text.body)
    assert code is not None
    phone.text(LINE, code[1])
    phone.wait_for_text("Thank you")
    page.get_by_role("link", name="Look again").click()
