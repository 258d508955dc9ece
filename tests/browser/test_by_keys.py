"""A whole call by keys alone, in both languages: no mouse, and no focus lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

import tickets
from tests.browser.chromium import Faults
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import RIVERTON, Scene, in_both_towns

pytestmark = pytest.mark.browser

in_english = pytest.mark.parametrize("scene", [RIVERTON], ids=["in English"])
IN_WIDTH = "document.documentElement.scrollWidth <= innerWidth"
WHERE = "document.activeElement.id || document.activeElement.name"


def focus(page: Page) -> str:
    """What the keys go to; nothing when it was lost."""
    return str(page.evaluate(WHERE))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def choose(page: Page, number: int) -> None:
    """In the list that has the focus; what follows from it comes by itself."""
    with page.expect_response("**/draft"):
        press(page, str(number))


@pytest.fixture
def on_a_call(house: House, visit: Visit, scene: Scene) -> Desk:
    desk = Desk(visit(scene.language), scene)
    sign_in(desk.page, scene.agent.email, at="/desk")
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk.take_next()
    return desk


def answer_life_safety(page: Page, scene: Scene) -> None:
    for asked in scene.town.life_safety:
        assert focus(page) == f"safety.{asked.key}"
        choose(page, 1)
        press(page, "Enter")


def find_the_category(page: Page, scene: Scene) -> None:
    assert focus(page) == "field-words"
    page.keyboard.type(scene.words)
    found = page.locator("#categories > .options label")
    expect(found.first).to_contain_text(scene.trouble_name)
    press(page, "ArrowDown")
    choose(page, 1)


def answer_the_questions(page: Page, scene: Scene) -> None:
    """Each list by its numbers; the swap that follows leaves the focus in it."""
    for question in scene.trouble.questions:
        wanted = scene.answers.get(question.key)
        given = page.locator(f"#answer-{question.key}-{wanted}")
        if wanted and given.count():
            given.focus()
            keys = [choice.key for choice in question.choices]
            choose(page, keys.index(wanted) + 1)
            assert focus(page) == f"answer-{question.key}-{wanted}"


def say_and_confirm(page: Page) -> None:
    with page.expect_response("**/draft"):
        press(page, "Alt+7")
    expect(page.locator("#field-read\\.place")).to_be_visible()
    press(page, "Space", "Alt+8")
    for _ in range(page.locator(".tick:visible").count()):
        press(page, "Tab", "Space")
    press(page, "Alt+9")
    assert focus(page) == "disposition"


@in_both_towns
def test_a_call_is_answered_without_a_mouse(
    house: House, on_a_call: Desk, scene: Scene, faults: Faults
) -> None:
    page = on_a_call.page

    answer_life_safety(page, scene)
    find_the_category(page, scene)
    answer_the_questions(page, scene)
    press(page, "Alt+4")
    page.keyboard.type(scene.place)
    say_and_confirm(page)
    expect(page.locator(".htmx-request")).to_have_count(0)
    press(page, "Control+Enter")
    page.wait_for_url("**/desk/tickets/**")

    with house.town(scene.slug) as db:
        [ticket] = tickets.of_caller(db, scene.caller.number)
    assert ticket.place == scene.place
    assert ticket.read_back_at is not None
    # Who types on does not wait for what is known of the first letters.
    faults.forgive("htmx:")


@in_english
def test_every_dialog_opens_and_closes_by_keys_and_gives_the_focus_back(
    on_a_call: Desk, scene: Scene
) -> None:
    page = on_a_call.page
    press(page, "Alt+4")

    for key, dialog in (("F9", "#nine"), ("Alt+W", "#difficult")):
        press(page, key)
        expect(page.locator(dialog)).to_be_visible()
        press(page, "Escape")
        expect(page.locator(dialog)).to_be_hidden()
        assert focus(page) == "field-place"


@in_english
def test_911_is_rung_and_put_on_record_by_three_keys(
    on_a_call: Desk, scene: Scene
) -> None:
    page = on_a_call.page
    expect(page.locator("#line-hold")).to_be_visible(timeout=LIVE)

    press(page, "F9")
    assert focus(page) == "ring-911"
    with page.expect_response("**/legs") as rung:
        press(page, "Enter")
    assert rung.value.ok
    expect(page.locator("#to-911")).to_be_focused()
    with page.expect_response("**/handover"):
        press(page, "Enter")

    expect(page.locator("#handed")).to_contain_text("911")
    expect(page.locator("#disposition")).to_have_value("transferred_911")


@in_english
def test_what_is_written_anew_is_to_be_confirmed_anew(
    on_a_call: Desk, scene: Scene
) -> None:
    page = on_a_call.page
    page.locator("#field-place").fill(scene.place)
    with page.expect_response("**/draft"):
        press(page, "Tab")
    page.locator("#read-place").check()

    page.locator("#field-place").press("End")
    page.keyboard.type("0")

    expect(page.locator("#read-place")).not_to_be_checked()


@in_both_towns
def test_a_call_fits_the_smallest_desk_and_a_tablet(
    on_a_call: Desk, scene: Scene
) -> None:
    page = on_a_call.page
    on_a_call.nobody_is_in_danger()
    on_a_call.type_what_it_is()

    page.set_viewport_size({"width": 1280, "height": 720})
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate(IN_WIDTH)

    for width, height in ((1024, 768), (820, 1180)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(IN_WIDTH), (width, height)
