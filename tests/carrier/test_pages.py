"""The bench's pages: what a person sees and presses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect, sync_playwright

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import CREW, LINE, Twilio
from tests.carrier.town import Town

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MENU = '<Gather numDigits="1" action="/taken" timeout="60"><Say>Press 1.</Say></Gather>'


def _see(carrier: CarrierHandle, path: str) -> str:
    answer = requests.get(carrier.base_url + path, timeout=5)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    return answer.text


@pytest.mark.parametrize("path", ["/", f"/phones/{CREW}"])
def test_a_phone_shows_its_texts_with_links(
    carrier: CarrierHandle, twilio: Twilio, crew: BenchPhone, path: str
) -> None:
    body = "Take it: https://town.example/r/k7. <now>"
    twilio.messages.create(to=CREW, from_=LINE, body=body)
    crew.wait_for_text("k7")

    page = _see(carrier, path)

    assert "Ana Ruiz" in page
    assert 'href="https://town.example/r/k7"' in page
    assert "&lt;now&gt;" in page


@pytest.mark.parametrize("path", ["/mail", "/mail/ana@crew.example", "/faults"])
def test_an_empty_page_says_so(carrier: CarrierHandle, path: str) -> None:
    assert 'class="muted"' in _see(carrier, path)


def test_buttons_work_without_any_script(
    carrier: CarrierHandle, crew: BenchPhone, town: Town
) -> None:
    town.answers("/voice", MENU)
    address = f"{carrier.base_url}/phones/{CREW}"

    shown = requests.post(f"{address}/calls", {"line": LINE}, timeout=5)

    crew.wait_until_heard("Press 1.")
    assert shown.url == address
    keys = requests.get(address, timeout=5).text.count('name="digits"')
    assert keys == 12


def test_a_button_pressed_too_late_is_told(carrier: CarrierHandle) -> None:
    missing = requests.get(
        f"{carrier.base_url}/phones/{CREW}/state?until=ringing&within=0", timeout=5
    )

    assert missing.status_code == 409


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium was not found at {CHROMIUM}: the page was not tried.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser.new_page()
        browser.close()


@pytest.mark.browser
def test_a_person_takes_a_call_on_the_page(
    carrier: CarrierHandle, twilio: Twilio, town: Town, browser_page: Page
) -> None:
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text))
    town.answers("/relay", MENU)
    town.answers("/taken", "<Say>It is yours.</Say>")
    browser_page.goto(carrier.base_url)
    phone = browser_page.get_by_role("region", name="Ana Ruiz")

    twilio.calls.create(to=CREW, from_=LINE, url=town.url("/relay"))
    phone.get_by_role("button", name="Answer").click()
    phone.get_by_role("button", name="1", exact=True).click()

    expect(phone.get_by_text("It is yours.")).to_be_visible()
    assert faults == []
