"""The desk under hurried hands: fast answers, double clicks, lost lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, Route, expect

import tickets
from tests.browser.chromium import Faults
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
    return desk


def test_an_answer_given_while_the_last_is_on_its_way_is_kept(on_a_call: Desk) -> None:
    page, slow = on_a_call.page, list[Route]()

    def hold(route: Route) -> None:
        slow.append(route)

    first, second = RIVERTON.asked.items()
    on_a_call.type_what_it_is()
    page.route("**/draft", hold, times=1)

    on_a_call.choose(*first)
    expect(page.locator("#questions.htmx-request")).to_be_attached()
    on_a_call.choose(*second)
    with page.expect_response("**/draft"):
        slow.pop().continue_()

    expect(page.locator("#needed")).to_be_empty()
    assert page.locator("#questions :checked").count() == 2


def made(house: House) -> int:
    with house.town(RIVERTON.slug) as db:
        return len(tickets.of_caller(db, RIVERTON.caller.number, limit=9))


def test_a_double_click_makes_one_ticket(house: House, on_a_call: Desk) -> None:
    on_a_call.fill_in()

    on_a_call.button("Save and relay").dblclick()

    expect(on_a_call.page.locator("#number")).to_be_visible()
    assert made(house) == 1


def test_saving_again_after_a_lost_answer_finds_the_ticket(
    house: House, on_a_call: Desk, faults: Faults
) -> None:
    page, sent = on_a_call.page, list[Request]()
    on_a_call.fill_in()

    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        sent.append(route.request)
        route.abort()

    page.route("**/ticket", lose_the_answer)
    with page.expect_event("requestfailed"):
        on_a_call.button("Save and relay").click()
    faults.forgive("net::ERR_FAILED")
    again = page.request.post(
        sent[0].url,
        data=sent[0].post_data,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert "/desk/tickets/riverton/" in again.url
    assert made(house) == 1
