"""The floor in a supervisor's hands, and an agent's state by keys, live for both."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import at_each
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import RIVERTON, SAINTE_AURORE

pytestmark = pytest.mark.browser
SUPERVISOR = "ines.roy@townline.example"
PAGES = (
    "/desk/floor",
    "/desk/measures",
    "/desk/handover",
    "/desk/reviews",
    "/desk/flags",
)


def test_the_pages_of_the_floor_shut_nobody_out(house: House, visit: Visit) -> None:
    ring(house, SAINTE_AURORE)
    page = visit("fr")
    sign_in(page, SUPERVISOR, at="/desk")

    found = at_each(page, *PAGES)

    assert not found, "\n".join(found)


def test_a_break_by_two_keys_is_on_the_floor_by_itself(visit: Visit) -> None:
    floor, desk = visit(), visit()
    sign_in(floor, SUPERVISOR, at="/desk/floor")
    sign_in(desk, RIVERTON.agent.email, at="/desk")
    expect(row_of(floor)).to_contain_text("Prêt", timeout=LIVE)

    desk.locator("#number").focus()
    desk.keyboard.press("F8")
    desk.keyboard.press("2")

    expect(desk.locator("#my-state")).to_contain_text("On a break")
    expect(desk.locator("#number")).to_be_focused()
    expect(row_of(floor)).to_contain_text("En pause", timeout=LIVE)


def row_of(floor: Page) -> Locator:
    return floor.get_by_role("row").filter(has_text=RIVERTON.agent.name)
