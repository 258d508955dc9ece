"""The line in an agent's hands: by keys alone, said in words, and open to everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import Scene, in_both_towns

pytestmark = pytest.mark.browser


def on_a_call(house: House, visit: Visit, scene: Scene) -> Desk:
    desk = Desk(visit(scene.language), scene)
    sign_in(desk.page, scene.agent.email, at="/desk")
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk.take_next()
    expect(desk.page.locator("#line-hold")).to_be_visible(timeout=LIVE)
    return desk


@in_both_towns
def test_hold_and_911_are_a_key_away_and_said(
    house: House, visit: Visit, scene: Scene
) -> None:
    desk = on_a_call(house, visit, scene)
    page, controls = desk.page, desk.page.locator("#controls")
    page.locator("body").focus()

    page.keyboard.press("F4")
    expect(controls).to_contain_text(scene.says("On hold"), timeout=LIVE)
    page.keyboard.press("F4")
    expect(controls).to_contain_text(scene.says("They hear you"), timeout=LIVE)
    page.keyboard.press("F6")
    expect(page.locator("#target")).to_be_focused()
    page.locator("#ring-conference").click()
    expect(page.locator("#parties")).to_be_hidden()
    expect(controls).to_contain_text("911", timeout=LIVE)

    assert barriers(page) == []
    height = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    assert height <= 0
