"""In a real browser: what changes by itself leaves readers alone, on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from litestar import Litestar
from playwright.sync_api import Page, expect

from tests.browser.chromium import Faults, chromium_running
from tests.calls.exchange import listening, serving
from tests.conftest import NIGHT
from tests.portal.town.cast import sign_in
from tests.portal.town.nights import Night
from tests.tenants.example_towns import TOWNS
from townline.web.envelope import LANGUAGE_COOKIE, SESSION_COOKIE

pytestmark = pytest.mark.browser
WIDTHS = {"desk": 1440, "phone": 390}
PAGES = (
    "",
    "/tickets?state=all",
    "/tickets?level=5",
    "/tickets/map?state=all&category=pothole",
    "/tickets/bulk?all=yes",
    "/surveys",
    "/articles",
    "/rules",
    "/chain",
)


@dataclass(frozen=True, slots=True)
class Office:
    """Priya's computer and telephone, signed in to the running pages.

    The browser starts when she looks: its loop would be in the way of the night's.
    """

    address: str
    session: str
    faults: Faults

    @contextmanager
    def screen(
        self,
        *,
        on: Literal["desk", "phone"] = "desk",
        language: str = "en",
        colours: Literal["light", "dark"] = "light",
    ) -> Iterator[Page]:
        with chromium_running() as browser:
            context = browser.new_context(
                base_url=self.address,
                viewport={"width": WIDTHS[on], "height": 900},
                color_scheme=colours,
            )
            self.faults.watch(context)
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.address}
                    for name, value in (
                        (SESSION_COOKIE, self.session),
                        (LANGUAGE_COOKIE, language),
                    )
                ]
            )
            yield context.new_page()


@pytest.fixture
def office(
    application: Litestar, night: Night, towns: dict[str, UUID]
) -> Iterator[Office]:
    session = sign_in(
        night.database,
        "Priya Nair",
        towns["riverton"],
        role="manager",
        language="en",
        at=NIGHT,
    )
    faults = Faults()
    with listening() as (door, address), serving(application, door):
        yield Office(address, session, faults)
    assert faults == []


def test_news_arrives_and_what_is_being_read_and_written_stays(
    office: Office, night: Night
) -> None:
    ticket = night.report()
    night.pass_time(seconds=1)

    with office.screen() as page:
        page.clock.install()
        page.goto(f"/town/riverton/tickets/{ticket.tracking}")
        words = page.locator("#timeline details").first
        words.locator("summary").click()
        page.locator("#body").fill("Gate code is")
        night.texts(ticket, "dan-ortiz")
        page.clock.fast_forward(5_000)

        expect(page.locator("#timeline")).to_contain_text("Accepted by Dan Ortiz")
        expect(page.locator("#standing")).to_contain_text("Dan Ortiz has it")
        expect(page.locator("#body")).to_be_focused()
        expect(page.locator("#body")).to_have_value("Gate code is")
        expect(words).to_have_attribute("open", "")


@pytest.mark.parametrize(
    ("on", "language", "colours"),
    [("desk", "en", "light"), ("phone", "fr", "dark")],
)
def test_every_page_reads_well_for_everybody(
    office: Office,
    night: Night,
    on: Literal["desk", "phone"],
    language: str,
    colours: Literal["light", "dark"],
) -> None:
    ticket = night.report(call_id=night.ring())
    for _ in range(8):
        night.pass_time(minutes=1)
    night.presses("ana-ruiz")
    addresses = [*PAGES, f"/tickets/{ticket.tracking}"]

    with office.screen(on=on, language=language, colours=colours) as page:
        found = {address: _faults_of(page, address) for address in addresses}

    assert found == dict.fromkeys(addresses, ([], 0))


@pytest.mark.parametrize(
    ("on", "language", "colours"),
    [("desk", "en", "dark"), ("phone", "fr", "light")],
)
def test_a_level_is_changed_by_keys_alone(
    office: Office,
    night: Night,
    on: Literal["desk", "phone"],
    language: str,
    colours: Literal["light", "dark"],
) -> None:
    ticket = night.report()

    with office.screen(on=on, language=language, colours=colours) as page:
        page.goto(f"/town/riverton/tickets/{ticket.tracking}")
        fold = page.locator("details", has=page.locator("#level-reason"))
        fold.locator("summary").focus()
        for key in ("Enter", "Tab", "ArrowDown", "Tab"):
            page.keyboard.press(key)
        expect(page.locator("#level-3")).to_be_checked()
        found = _barriers(page)
        page.keyboard.type("Only a hydrant.")
        page.keyboard.press("Enter")

        expect(page.locator("#level .level")).to_have_attribute("data-level", "3")
        expect(page.locator("#timeline")).to_contain_text("Only a hydrant.")

    assert found == ([], 0)


def test_a_category_is_played_while_it_is_edited_and_the_boundary_drawn_by_keys(
    office: Office,
) -> None:
    with office.screen() as page:
        page.goto("/town/riverton/rules/categories/water-main-break")
        page.locator("#answer-building-yes").check()
        page.locator("#typed-which-building").fill("402 Elm")
        page.locator("#answer-cars-no").check()
        page.locator("[id='questions.0.ask.en']").fill("Trickle or geyser?")
        expect(page.locator("#try")).to_contain_text("geyser")
        expect(page.locator("#typed-which-building")).to_have_value("402 Elm")
        page.locator("#add-questions").click()
        expect(page.locator("[id='questions.4.ask.en']")).to_be_focused()
        found = _barriers(page)

        page.goto("/town/riverton/rules/boundary")
        page.locator(".corner").first.focus()
        page.keyboard.press("ArrowUp")
        corners = page.locator("#boundary").input_value().splitlines()

    assert found == ([], 0)
    assert float(corners[0].partition(",")[0]) > TOWNS["riverton"].boundary[0][1]


def _faults_of(page: Page, address: str) -> tuple[list[str], int]:
    """What axe finds, and by how many pixels the page is wider than its screen."""
    page.goto(f"/town/riverton{address}")
    return _barriers(page)


def _barriers(page: Page) -> tuple[list[str], int]:
    found = Axe().run(page).response["violations"]
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found], wider
