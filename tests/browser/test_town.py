"""The town's own people see the whole story of a ticket; nobody else sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import sign_in
from tests.browser.house import House
from tests.browser.nights import code_of, nobody_answers, report
from tests.browser.scenes import RIVERTON, SAINTE_AURORE, Scene, in_both_towns
from townline import proof

pytestmark = pytest.mark.browser

FITS = "table => table.offsetWidth <= table.parentElement.clientWidth"


@in_both_towns
def test_the_manager_reads_every_attempt_and_every_answer(
    house: House, visit: Visit, scene: Scene
) -> None:
    ticket = report(house, scene)
    nobody_answers(house, scene, ticket, until=scene.next_up)
    crew = house.bench.phone(scene.on_call.number)
    crew.text(scene.line, f"{code_of(house, scene.on_call)} ok")
    house.rest()
    manager = visit(scene.language)
    sign_in(manager, scene.manager.email)
    shoot(manager, f"town-morning-{scene.language}")

    manager.get_by_role("link", name=re.compile(scene.trouble_name)).first.click()

    story = manager.locator("#timeline")
    shoot(manager, f"town-ticket-{scene.language}")
    expect(story.locator(".tl.ok", has_text=scene.on_call.name)).to_be_visible()
    with house.town(scene.slug) as db:
        events = [each.event for each in proof.timeline(db, ticket.id)]
    attempts = story.locator("[id^=words-]")
    expect(attempts).to_have_count(events.count("relay.attempted"))
    times = story.locator(".attempts").first
    assert times.evaluate(FITS), "the hour of an attempt is out of sight"


def test_a_towns_pages_are_not_there_for_anybody_else(
    house: House, visit: Visit
) -> None:
    ticket = report(house, RIVERTON)
    manager, stranger, nobody = visit(), visit("fr"), visit()
    sign_in(
        manager, RIVERTON.manager.email, at=f"/town/riverton/tickets/{ticket.tracking}"
    )
    own = set(
        manager.locator("a[href^='/town/']").evaluate_all(
            "all => all.map(a => a.pathname)"
        )
    )
    sign_in(stranger, SAINTE_AURORE.manager.email)

    for address in {*own, f"/town/riverton/tickets/{ticket.tracking}/timeline"}:
        assert manager.request.get(address).status == 200, address
        assert stranger.request.get(address).status == 404, address
        nobody.goto(address)
        expect(nobody).to_have_url(re.compile("/login"))
