"""The desk in an agent's hands: mostly keys, as at night."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.scenes import Scene
from townline.entrypoints import seed

# A call, a claim or a relay shows by itself: how soon, the bench says.
LIVE = 15_000


def sign_in(page: Page, email: str, *, at: str = "/") -> None:
    page.goto(at)
    page.locator("#email").fill(email)
    page.locator("#password").fill(seed.PASSWORD)
    page.locator("#password").press("Enter")
    expect(page).not_to_have_url(re.compile("/login"))


def press(page: Page, scene: Scene, english: str) -> None:
    """A button of any face, named in the town's language."""
    page.get_by_role("button", name=scene.says(english), exact=True).click()
    page.wait_for_load_state()


@dataclass(frozen=True, slots=True)
class Desk:
    """One agent's screen."""

    page: Page
    scene: Scene

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.scene.says(english))

    def take_next(self) -> None:
        self.page.keyboard.press("F2")
        self.page.wait_for_url("**/desk/calls/**")

    def fill_in(self) -> None:
        """The whole call, in the order of speech."""
        self.nobody_is_in_danger()
        self.type_what_it_is()
        self.answer_the_questions()
        self.place_it()
        self.say_and_read_back()

    def nobody_is_in_danger(self) -> None:
        for asked in self.scene.town.life_safety:
            question = asked.ask.in_(self.scene.language)
            self._answer(question, self.scene.says("No"))

    def type_what_it_is(self) -> None:
        """By keys alone: to the field, the words, down to the list, the first."""
        self.page.keyboard.press("Alt+2")
        self.page.keyboard.type(self.scene.words)
        found = self.page.locator("#categories > .options label")
        expect(found.first).to_contain_text(self.scene.trouble_name)
        self.page.keyboard.press("ArrowDown")
        with self.page.expect_response("**/draft"):
            self.page.keyboard.press("1")

    def answer_the_questions(self) -> None:
        for question, answer in self.scene.asked.items():
            self._answer(question, answer)

    def place_it(self) -> None:
        self.page.keyboard.press("Alt+4")
        self.page.keyboard.type(self.scene.place)
        with self.page.expect_response("**/draft"):
            self.page.locator("#tell-by").select_option("sms")

    def say_and_read_back(self) -> None:
        self.page.get_by_label(self.scene.says("I have said it")).check()
        for tick in self.page.locator(".tick:visible input").all():
            tick.check()

    def save(self) -> str:
        """The number of the ticket it made."""
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_url("**/desk/tickets/**")
        return self.page.locator("#number").inner_text()

    def choose(self, question: str, answer: str) -> None:
        asked = self.page.get_by_role("group", name=question)
        asked.get_by_label(answer, exact=True).check()

    def _answer(self, question: str, answer: str) -> None:
        with self.page.expect_response("**/draft"):
            self.choose(question, answer)
