"""From the ring to the relay: a call at night, taken, typed, saved, and told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

import tickets
from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import nobody_answers, ring
from tests.browser.scenes import Scene, in_both_towns
from townline.clock import utc_now

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(visit: Visit, scene: Scene) -> Desk:
    """The agent's queue, open and live."""
    page = visit(scene.language)
    sign_in(page, scene.agent.email, at="/desk")
    return Desk(page, scene)


@in_both_towns
def test_a_caller_is_greeted_by_the_hour_and_seen_at_once(
    house: House, desk: Desk, scene: Scene
) -> None:
    expect(desk.page.locator("#nobody")).to_be_visible()

    ring(house, scene)

    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    heard = house.bench.phone(scene.caller.number).heard
    assert any(words.startswith(scene.greeting) for words in heard)
    shoot(desk.page, f"desk-waiting-{scene.language}")


@in_both_towns
def test_a_main_break_goes_from_the_ring_to_the_crew(
    house: House, desk: Desk, scene: Scene
) -> None:
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)

    desk.take_next()
    house.bench.phone(scene.agent.number).wait_until_connected()
    expect(desk.page.locator(".band .say")).to_contain_text(scene.phrase)
    shoot(desk.page, f"desk-call-empty-{scene.language}")
    desk.fill_in()
    expect(desk.page.locator("#promise")).to_contain_text(scene.promise)
    expect(desk.page.locator("#read-back")).to_contain_text(scene.place)
    shoot(desk.page, f"desk-call-{scene.language}")
    saved_at = utc_now()
    number = desk.save()

    crew = house.bench.phone(scene.on_call.number)
    text = crew.wait_for_text(scene.place)
    assert text.at - saved_at < timedelta(seconds=2)
    with house.town(scene.slug) as db:
        ticket = tickets.by_tracking(db, number)
    house.bench.mailbox(scene.on_call.email).wait_for_letter(scene.place)
    shoot(desk.page, f"desk-saved-{scene.language}")
    assert crew.view.state == "idle"
    nobody_answers(house, scene, ticket, until=scene.on_call)
