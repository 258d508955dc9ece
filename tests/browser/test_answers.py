"""An answer is found, opened and counted by keys, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import Scene, in_both_towns

pytestmark = pytest.mark.browser

# Misspelt, as one types while somebody talks; and what it should find.
TYPED = {
    "riverton": ("garbge", "missed-garbage"),
    "sainte-aurore": ("poubele", "collecte-oubliee"),
}


@pytest.fixture
def on_a_call(house: House, visit: Visit, scene: Scene) -> Page:
    desk = Desk(visit(scene.language), scene)
    sign_in(desk.page, scene.agent.email, at="/desk")
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk.take_next()
    return desk.page


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@in_both_towns
def test_an_answer_is_found_and_counted_without_a_mouse(
    on_a_call: Page, scene: Scene
) -> None:
    typed, key = TYPED[scene.slug]

    on_a_call.keyboard.press("Alt+k")
    on_a_call.keyboard.type(typed)
    expect(on_a_call.locator(f"#article-{key}")).to_have_attribute("open", "")
    assert focus(on_a_call) == "find-answer"

    on_a_call.keyboard.press("ArrowDown")
    assert focus(on_a_call) == f"article-{key}-title"
    on_a_call.keyboard.press("Tab")
    with on_a_call.expect_response(f"**/articles/{key}/use"):
        on_a_call.keyboard.press("Enter")
    pressed = on_a_call.locator(f"#article-{key}-yes")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()
