"""No page of any face shuts anybody out: axe looks at all of them, by day and night."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import at_each, barriers
from tests.browser.chromium import Faults
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, press, sign_in
from tests.browser.faces import faces
from tests.browser.house import House
from tests.browser.nights import hung_up, link_of, nobody_answers, report, ring
from tests.browser.scenes import RIVERTON, SAINTE_AURORE, Scene, in_both_towns

pytestmark = pytest.mark.browser


@in_both_towns
def test_residents_and_crews(
    house: House, visit: Visit, scene: Scene, faults: Faults
) -> None:
    ticket = report(house, scene)
    phone = visit(scene.language, on="phone")
    relay, track = link_of(house, scene.on_call), f"/t/{scene.prefix}/{ticket.tracking}"

    found = at_each(phone, "/login", "/t", track, relay)
    press(phone, scene, "I take it")
    found += barriers(phone)
    press(phone, scene, "It is done already")
    faults.forgive("422")  # it wants a photo first
    found += barriers(phone)

    assert not found, "\n".join(found)


@in_both_towns
def test_the_desk(house: House, visit: Visit, scene: Scene, faults: Faults) -> None:
    ticket = report(house, scene)
    nobody_answers(house, scene, ticket, until=scene.last_resort)
    desk = Desk(visit(scene.language), scene)
    sign_in(desk.page, scene.agent.email, at="/desk")
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)

    found = barriers(desk.page)
    desk.take_next()
    found += barriers(desk.page)
    desk.fill_in()
    found += barriers(desk.page)
    desk.page.keyboard.press("F9")
    found += barriers(desk.page)
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Alt+W")
    found += barriers(desk.page)
    desk.page.keyboard.press("Escape")
    desk.save()
    found += barriers(desk.page)
    found += at_each(desk.page, "/desk/sheets", f"/desk/sheets/{scene.slug}")
    hung_up(house, scene)
    found += at_each(desk.page, "/desk/callbacks", "/desk/announcements")
    faults.forgive("htmx:")  # leaving a page gives up what it still asks for

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("scene", "share"), [(RIVERTON, 0), (SAINTE_AURORE, 1)], ids=["in en", "in fr"]
)
def test_the_town(house: House, visit: Visit, scene: Scene, share: int) -> None:
    """What a page is made of is the same in both languages: each sees every second."""
    ticket = report(house, scene)
    nobody_answers(house, scene, ticket, until=scene.next_up)
    page = visit(scene.language)
    sign_in(page, scene.manager.email, at="/account")

    found = barriers(page)
    found += at_each(page, *list(faces(scene, ticket))[share::2])

    assert not found, "\n".join(found)


def test_the_operators_own_pages(house: House, visit: Visit) -> None:
    page = visit("fr")
    sign_in(page, "ada.lane@townline.example", at="/desk/staff")

    found = barriers(page)
    found += at_each(page, "/desk/towns/riverton/start", "/desk/news")

    assert not found, "\n".join(found)
