"""In a real browser: a ladder is kept as it is changed, and its night is played."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.portal.town.test_town_browser import Office, office

__all__ = ["office"]

pytestmark = pytest.mark.browser


def test_a_ladder_is_changed_in_place_and_played_by_keys(office: Office) -> None:
    with office.screen() as page:
        page.goto("/town/riverton/rules/policies/water-night")
        offset = page.locator('[name="steps.1.rungs.1.after"]')
        offset.fill("after 5 minutes")
        offset.press("Tab")

        expect(page.locator("#step-2")).to_contain_text("This rung never fires")
        expect(page.locator("#draft-bar")).to_contain_text("One change")
        assert page.evaluate("document.activeElement.id") == "steps.1.rungs.2.channel"

        pictures = page.locator("[data-sim]")
        pictures.first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-number]")).to_have_text("2")
        expect(page.locator("[data-said]")).to_contain_text("02:02:00 CST")
        page.keyboard.press("End")
        expect(page.locator("tr.now").first).to_have_attribute("aria-current", "step")
        assert pictures.count() == 2
        assert Axe().run(page).violations_count == 0
