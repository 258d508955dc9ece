"""A call by hand: asked of the desk, made with keys alone, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

import escalation
from tests.browser.barriers import barriers
from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import saved
from tests.browser.scenes import RIVERTON, Scene, in_both_towns
from tests.tenants.by_hand import ringing_by_hand

pytestmark = pytest.mark.browser
# Who serves both towns, besides the scene's own agent.
TWO_MINUTES = timedelta(minutes=2)
LOUIS = "louis.tremblay@townline.example"


@pytest.fixture
def by_hand(house: House, sweeper: Engine) -> Iterator[None]:
    """In both towns an agent rings whoever is on call before anybody else is told."""
    with (
        ringing_by_hand(house.engine, sweeper, "riverton"),
        ringing_by_hand(house.engine, sweeper, "sainte-aurore"),
    ):
        yield


def waits(page: Page, scene: Scene) -> None:
    expect(page.locator("#dials")).to_contain_text(scene.on_call.name, timeout=LIVE)


def seated(page: Page, scene: Scene) -> Desk:
    sign_in(page, scene.agent.email, at="/desk")
    # Until its script has run, the page knows no keys.
    page.wait_for_load_state()
    return Desk(page, scene)


@in_both_towns
def test_by_keys_alone_from_the_queue_to_the_next_step(
    house: House, visit: Visit, by_hand: None, scene: Scene
) -> None:
    desk = seated(visit(scene.language), scene)
    page = desk.page
    saved(house, scene)
    waits(page, scene)
    shoot(page, f"dial-asked-{scene.language}")
    found = barriers(page)

    page.keyboard.press("F4")
    page.wait_for_url("**/desk/dials/**")
    expect(page.locator("#main .say").first).to_contain_text(scene.place)
    expect(page.get_by_role("link", name="F4")).to_have_attribute(
        "href", f"tel:{scene.on_call.number}"
    )
    shoot(page, f"dial-words-{scene.language}")
    found += barriers(page)
    page.keyboard.press("3")
    page.wait_for_url("**/desk")

    house.bench.phone(scene.next_up.number).wait_for_text(scene.place)
    expect(page.locator("#dials")).not_to_contain_text(scene.on_call.name)
    assert not found, "\n".join(found)


@in_both_towns
def test_who_takes_it_hears_so_and_the_board_is_quiet(
    house: House, visit: Visit, by_hand: None, scene: Scene
) -> None:
    ticket = saved(house, scene)
    page = seated(visit(scene.language), scene).page
    waits(page, scene)
    page.keyboard.press("F4")
    page.wait_for_url("**/desk/dials/**")

    page.keyboard.press("1")

    expect(page.locator("#main .say")).to_contain_text(scene.place)
    shoot(page, f"dial-accepted-{scene.language}")
    with house.town(scene.slug) as db:
        standing = escalation.state_of(db, ticket.id)
    assert standing is not None
    assert [(e.name, e.via) for e in standing.holders] == [
        (scene.on_call.name, "agent")
    ]
    assert not barriers(page)


def test_two_desks_see_each_other_and_an_acceptance_at_once(
    house: House, visit: Visit, by_hand: None
) -> None:
    scene = RIVERTON
    ticket = saved(house, scene)
    page, other = seated(visit(), scene).page, visit("fr")
    sign_in(other, LOUIS, at="/desk")
    waits(other, scene)

    page.keyboard.press("F4")
    page.wait_for_url("**/desk/dials/**")
    expect(other.locator("#dials")).to_contain_text("Maya Okafor", timeout=LIVE)
    with house.town(scene.slug) as db:
        standing = escalation.state_of(db, ticket.id)
        assert standing is not None
        escalation.accept(
            db, standing.run_id, contact="ana-ruiz", via="sms", at=house.clock()
        )

    expect(page.locator(".notice.soon")).to_contain_text("Ana Ruiz", timeout=LIVE)
    expect(other.locator("#dials")).not_to_contain_text("Dan Ortiz", timeout=LIVE)
    shoot(page, "dial-not-needed")
    assert not barriers(page)


def test_overdue_and_in_the_dark_on_a_small_screen(
    house: House, visit: Visit, by_hand: None
) -> None:
    saved(house, RIVERTON)
    house.clock.move(TWO_MINUTES)
    page = seated(visit(on="phone", colours="dark"), RIVERTON).page

    expect(page.locator("#dial-count .bad")).to_be_visible()
    expect(page.locator("#dials .chip.bad").first).to_be_visible()
    shoot(page, "dial-overdue-narrow-dark")
    assert not barriers(page)
    page.locator("#dials button").first.click()
    page.wait_for_url("**/desk/dials/**")
    shoot(page, "dial-words-narrow-dark")
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(overflow) <= 0
    assert not barriers(page)
