"""The desk under hurried hands: fast answers, double clicks, lost lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import RIVERTON

pytestmark = pytest.mark.browser


@pytest.fixture
def on_a_call(house: House, visit: Visit) -> Desk:
    """Maya has Helen on the line, and has found the category."""
    desk = Desk(visit(), RIVERTON)
    sign_in(desk.page, RIVERTON.agent.email, at="/desk")
    ring(house, RIVERTON)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk.take_next()
    desk.type_what_it_is()
    return desk


def test_an_answer_given_while_the_last_is_on_its_way_is_kept(on_a_call: Desk) -> None:
    page, slow = on_a_call.page, list[Route]()

    def hold(route: Route) -> None:
        slow.append(route)

    page.route("**/draft", hold, times=1)
    first, second = RIVERTON.asked.items()

    on_a_call.choose(*first)
    page.wait_for_function("document.querySelector('#questions.htmx-request')")
    on_a_call.choose(*second)
    with page.expect_response("**/draft"):
        slow.pop().continue_()

    expect(page.locator("#needed")).to_be_empty()
    assert page.locator("#questions :checked").count() == 2
