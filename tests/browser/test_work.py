"""From the way there to the survey: what crew, resident and town see of the work."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import press, sign_in
from tests.browser.house import House
from tests.browser.nights import code_of, link_of, report
from tests.browser.scenes import Scene, in_both_towns

pytestmark = pytest.mark.browser

OTHER = {"en": "fr", "fr": "en"}
SCREENS = ("wide", "narrow")


def photo() -> bytes:
    """As a telephone's camera writes it, but smaller."""
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "steelblue").save(drawn, "PNG")
    return drawn.getvalue()


def stands_at(page: Page, station: str) -> None:
    """The resident looks again."""
    page.reload()
    expect(page.locator(".track [aria-current=step]")).to_contain_text(station)


@in_both_towns
def test_the_work_is_followed_until_the_resident_has_said_how_it_went(
    house: House, visit: Visit, scene: Scene
) -> None:
    ticket = report(house, scene)
    crew = visit(scene.language, on="phone")
    crew.goto(link_of(house, scene.on_call))
    resident, neighbour = (
        visit(scene.language),
        visit(OTHER[scene.language], on="phone"),
    )
    for page in (resident, neighbour):
        page.goto(f"/t/{scene.prefix}/{ticket.tracking}")
        shoot(page, f"track-open-{scene.slug}-{SCREENS[page is neighbour]}")

    press(crew, scene, "I take it")
    press(crew, scene, "I am on the way")
    stands_at(resident, scene.says("Crew at work"))
    press(crew, scene, "I am on site")
    crew.locator("#note").fill("Clamped at 3:20.")
    crew.locator("#photo").set_input_files(
        {"name": "valve.png", "mimeType": "image/png", "buffer": photo()}
    )
    shoot(crew, f"crew-on-site-{scene.language}")
    press(crew, scene, "It is done")
    expect(crew.locator("h1")).to_have_text(scene.says("This ticket is closed"))
    shoot(crew, f"crew-closed-{scene.language}")

    for page in (resident, neighbour):
        page.goto(link_of(house, scene.caller, "/t/"))
        expect(page.locator(".track .past")).to_have_count(5)
        shoot(page, f"track-closed-{scene.slug}-{SCREENS[page is neighbour]}")
    house.later(hours=scene.town.survey.after_hours + 7)
    answer_the_survey(resident, house, scene)
    manager = visit(scene.language)
    sign_in(manager, scene.manager.email, at=f"/town/{scene.slug}/surveys")
    expect(manager.locator("table").first).to_contain_text("Quick and kind.")
    shoot(manager, f"town-surveys-{scene.language}")


def answer_the_survey(page: Page, house: House, scene: Scene) -> None:
    page.goto(link_of(house, scene.caller, "/s/"))
    shoot(page, f"survey-{scene.language}")
    page.get_by_label(scene.says("Yes"), exact=True).check()
    page.get_by_label(scene.says("Very well")).check()
    page.locator("#comment").fill("Quick and kind.")
    press(page, scene, "Send")
    thanks = scene.says("Thank you: your answer counts")
    expect(page.locator("h1")).to_have_text(thanks)
    shoot(page, f"survey-thanks-{scene.language}")


@in_both_towns
def test_an_open_ticket_is_taken_up_again(
    house: House, visit: Visit, scene: Scene
) -> None:
    ticket = report(house, scene)
    crew = house.bench.phone(scene.on_call.number)
    for word in ("ok", "on the way", "on site"):
        crew.text(scene.line, f"{code_of(house, scene.on_call)} {word}")

    house.later(hours=1)
    crew.wait_for_text(ticket.tracking)
    house.later(minutes=15)
    resident = house.bench.phone(scene.caller.number)
    late = resident.wait_for_text(f"/t/{scene.prefix}/{ticket.tracking}")
    assert late.body.startswith(scene.town.name.in_(scene.language))
    house.later(hours=23)
    desk = visit(scene.language)
    sign_in(desk, scene.agent.email, at="/desk")
    owed = desk.locator("#tasks tr", has_text=ticket.tracking)
    shoot(desk, f"desk-tasks-{scene.language}")
    owed.get_by_role("link").click()
    shoot(desk, f"desk-task-{scene.language}")
    press(desk, scene, "We spoke")

    expect(desk.locator("#waiting")).to_be_visible()
    expect(owed).to_have_count(0)
