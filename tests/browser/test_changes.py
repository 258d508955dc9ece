"""A change of the rules, from the first word to the agents', and back again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from sqlalchemy import select

import tenants
from tenants.town import Publishing
from tests.browser.chromium import shoot
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import RIVERTON
from townline import auth
from townline.auth import Account

pytestmark = pytest.mark.browser

HOME = "/town/riverton"
CATEGORY = f"{HOME}/rules/categories/{RIVERTON.category}"
CHANGES = f"{HOME}/rules/changes"
SECOND = "tom.hale@riverton.example"
PROMISE = "A water crew is on its way and will be with you by {due}."


@pytest.fixture
def careful(swept: None, house: House) -> House:
    """Riverton as it is, but for one thing: two have to agree on its rules."""
    town = replace(RIVERTON.town, publishing=Publishing(second_person=True))
    at = house.clock()
    with house.engine.everybody() as session:
        tenants.import_town(
            session, tenants.write(town), author="tests", reason="two agree", at=at
        )
        tom = session.scalars(select(Account.id).where(Account.email == SECOND)).one()
    with house.town("riverton") as db:
        auth.grant(db, tom, role="manager", at=at)
    return house


def test_a_promise_is_changed_agreed_on_read_kept_and_taken_back(
    careful: House, visit: Visit
) -> None:
    priya, tom, maya = visit(), visit(), visit()

    sign_in(priya, RIVERTON.manager.email, at=CATEGORY)
    promise_otherwise(priya)
    ask(priya, "The old words were too long")
    sign_in(tom, SECOND, at=CHANGES)
    agree(tom, asked_by="Priya Nair")
    number = taken_under_the_new_words(careful, maya)
    tom.goto(f"{HOME}/tickets/{number}")
    expect(tom.get_by_role("link", name="under version 3 of the rules")).to_be_visible()
    tom.goto(f"{HOME}/rules/versions/2")
    tom.get_by_role("button", name="Put it into the draft").click()
    ask(tom, "Residents want to hear that somebody is called")
    priya.goto(CHANGES)
    agree(priya, asked_by="Tom Hale")

    with careful.town("riverton") as db:
        rules = tenants.current(db)
    assert rules.town.category(RIVERTON.category).promise == RIVERTON.trouble.promise


def promise_otherwise(page: Page) -> None:
    page.get_by_label("Said to the caller", exact=True).fill(PROMISE)
    page.locator(".kept").get_by_role("button", name="Keep it in the draft").click()
    page.get_by_role("link", name="Compare and publish").click()
    differs = page.locator("section", has=page.locator("#differs"))
    expect(differs.locator("del")).to_contain_text("is being called now")
    expect(differs.locator("ins")).to_contain_text("is on its way")


def ask(page: Page, why: str) -> None:
    page.get_by_label("Why these changes").fill(why)
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("You have asked for an approval.")).to_be_visible()
    shoot(page, "changes-asked")


def agree(page: Page, *, asked_by: str) -> None:
    expect(page.get_by_text(f"{asked_by} asks for your approval")).to_be_visible()
    page.get_by_role("button", name="I have read the changes and approve them").click()
    page.get_by_role("button", name="Publish").click()
    holds = page.locator("tr", has=page.locator(".chip.ok"))
    expect(holds).to_contain_text("Approved by")


def taken_under_the_new_words(house: House, page: Page) -> str:
    """The agent signs that they have read what is new, and then says it."""
    sign_in(page, RIVERTON.agent.email, at="/desk")
    page.get_by_role("link", name="Read what is new").click()
    expect(page.locator("ins")).to_contain_text("is on its way")
    shoot(page, "changes-news")
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("You have read everything.")).to_be_visible()
    page.get_by_role("link", name="Back to the queue").click()
    ring(house, RIVERTON)
    expect(page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk = Desk(page, RIVERTON)
    desk.take_next()
    desk.fill_in()
    expect(page.locator("#promise")).to_contain_text("is on its way")
    return desk.save()
