"""A place is found, chosen and moved by keys alone, in both towns' languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import tickets
from tests.browser.barriers import barriers
from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import RIVERTON, SAINTE_AURORE, Scene
from tests.tenants.places.lists import ADDRESSES, AURORES, LANDMARKS, bring

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed with one letter wrong, and the place in the list that it means."""

    scene: Scene
    listed: str
    typed: str
    meant: str


SLIPS = [
    pytest.param(Typed(RIVERTON, ADDRESSES, "12 elmm s", "12 Elm St"), id="English"),
    pytest.param(
        Typed(SAINTE_AURORE, AURORES, "22 st-josef", "22, rue Saint-Joseph"),
        id="French",
    ),
]


def on_a_call(house: House, visit: Visit, scene: Scene) -> Desk:
    desk = Desk(visit(scene.language), scene)
    sign_in(desk.page, scene.agent.email, at="/desk")
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk.take_next()
    return desk


def list_places(house: House, scene: Scene, folder: Path, listed: str) -> None:
    with house.town(scene.slug) as db:
        bring(db, folder, listed)
    if scene is RIVERTON:
        with house.town(scene.slug) as db:
            bring(db, folder, LANDMARKS, name="landmark")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_mistyped_place_is_chosen_by_keys_alone(
    house: House,
    visit: Visit,
    tmp_path: Path,
    slip: Typed,
) -> None:
    scene = slip.scene
    list_places(house, scene, tmp_path, slip.listed)
    desk = on_a_call(house, visit, scene)
    page = desk.page

    page.keyboard.press("Alt+4")
    page.keyboard.type(slip.typed)
    expect(page.locator("#places label").first).to_contain_text(slip.meant)
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/draft"):
        page.keyboard.press("1")

    expect(page.locator("#field-place")).to_have_value(slip.meant)
    expect(page.locator("#place-kind")).to_have_value("address")
    town = scene.town.name.in_(scene.language)
    expect(page.locator("#inside")).to_contain_text(town)
    expect(page.locator("#spot-1")).to_be_focused()
    assert fits(page)
    assert barriers(page) == []
    shoot(page, f"place-{scene.language}")


def test_the_chosen_place_is_on_the_ticket(
    house: House, visit: Visit, tmp_path: Path
) -> None:
    list_places(house, RIVERTON, tmp_path, ADDRESSES)
    desk = on_a_call(house, visit, RIVERTON)
    desk.fill_in()
    desk.page.locator("#field-place").fill("16 elm st")
    expect(desk.page.locator("#places label").first).to_contain_text("16A Elm St")
    desk.page.locator("#field-place").press("ArrowDown")
    with desk.page.expect_response("**/draft"):
        desk.page.keyboard.press("1")
    for tick in desk.page.locator(".tick:visible input").all():
        tick.check()

    desk.save()

    with house.town("riverton") as db:
        [ticket, *_] = tickets.of_caller(db, RIVERTON.caller.number)
    assert (ticket.place, ticket.place_kind) == ("16A Elm St", "address")
    assert (ticket.latitude, ticket.longitude) == (41.88, -87.8996)


def test_a_point_is_set_by_arrows_and_moves_the_call_to_its_town(
    house: House, visit: Visit, tmp_path: Path
) -> None:
    list_places(house, RIVERTON, tmp_path, ADDRESSES)
    page = on_a_call(house, visit, RIVERTON).page

    page.keyboard.press("Alt+M")
    expect(page.locator("#map")).to_be_focused()
    expect(page.locator("#map canvas").first).to_be_attached()
    with page.expect_response("**/whose*"):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#place-kind")).to_have_value("point")
    expect(page.locator("#inside")).to_contain_text("Riverton")
    assert barriers(page) == []
    shoot(page, "place-map")
    page.locator("#latitude").fill("46.80")
    page.locator("#longitude").fill("-71.30")
    page.locator("#longitude").press("Tab")
    expect(page.locator("#field-place")).to_have_value("46.80000, -71.30000")
    expect(page.locator("#move-sainte-aurore")).to_be_visible()
    shoot(page, "place-outside")
    page.keyboard.press("Alt+T")

    page.wait_for_url("**/desk/calls/sainte-aurore/**")
    expect(page.locator("#move-back")).to_be_visible()
    assert page.locator("#field-name").input_value() == ""


def fits(page: Page) -> bool:
    """At 1280 by 720 the page itself does not scroll."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight"
            " && document.documentElement.scrollWidth <= innerWidth"
        )
    )
