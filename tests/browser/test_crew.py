"""The crew's answer: by a text, by a key, by the page in the link; or by nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, sign_in
from tests.browser.house import House
from tests.browser.nights import code_of, link_of, nobody_answers, report
from tests.browser.scenes import Scene, Somebody, in_both_towns
from tickets import Ticket

pytestmark = pytest.mark.browser

Taking = Callable[[House, Scene, Visit], Somebody]


@pytest.fixture
def ticket(house: House, scene: Scene) -> Ticket:
    return report(house, scene)


def by_a_text(house: House, scene: Scene, visit: Visit) -> Somebody:
    crew = house.bench.phone(scene.on_call.number)
    crew.text(scene.line, f"{code_of(house, scene.on_call)} ok")
    return scene.on_call


def by_a_key(house: House, scene: Scene, visit: Visit) -> Somebody:
    crew = house.bench.phone(scene.next_up.number)
    crew.answer()
    crew.wait_until_listened_to()
    crew.press("1")
    return scene.next_up


def by_the_link(house: House, scene: Scene, visit: Visit) -> Somebody:
    page = visit(scene.language, on="phone")
    page.goto(link_of(house, scene.on_call))
    shoot(page, f"crew-relay-{scene.language}")
    page.get_by_role("button", name=scene.says("I take it")).click()
    expect(page.locator(".chip.ok")).to_be_visible()
    shoot(page, f"crew-yours-{scene.language}")
    return scene.on_call


def the_desks_view(visit: Visit, scene: Scene, ticket: Ticket) -> Page:
    page = visit(scene.language)
    sign_in(page, scene.agent.email, at=f"/desk/tickets/{scene.slug}/{ticket.id}")
    return page


@in_both_towns
@pytest.mark.parametrize(
    "take",
    [
        pytest.param(by_a_text, id="a text with the code"),
        pytest.param(by_a_key, id="the key 1 in the call"),
        pytest.param(by_the_link, id="the page in the link"),
    ],
)
def test_whoever_answers_has_it_and_nobody_else_is_called(
    house: House, visit: Visit, scene: Scene, ticket: Ticket, take: Taking
) -> None:
    desk = the_desks_view(visit, scene, ticket)
    expect(desk.locator(".chip.bad")).to_be_visible()
    nobody_answers(house, scene, ticket, until=scene.next_up)

    holder = take(house, scene, visit)

    expect(desk.locator(".chip.ok")).to_contain_text(holder.name, timeout=LIVE)
    house.bench.phone(scene.next_up.number).wait_until_over()
    house.rest()
    calm = house.bench.log()[-1].seq
    house.later(minutes=14)
    house.rest()
    assert [each for each in house.bench.log(calm) if each.what == "accepted"] == []
    shoot(desk, f"desk-taken-{scene.language}")


@in_both_towns
def test_nobody_answers_and_the_last_resort_is_rung(
    house: House, visit: Visit, scene: Scene, ticket: Ticket
) -> None:
    queue = visit(scene.language)
    sign_in(queue, scene.agent.email, at="/desk")

    nobody_answers(house, scene, ticket, until=scene.last_resort)

    alarm = queue.locator("#runs li", has_text=scene.trouble_name)
    expect(alarm.locator(".chip.bad")).to_be_visible(timeout=LIVE)
    everybody = scene.says(
        "Everybody has been tried; the last resort is told again and again."
    )
    expect(alarm.locator("b.is-bad")).to_have_text(everybody, timeout=LIVE)
    shoot(queue, f"desk-exhausted-{scene.language}")
