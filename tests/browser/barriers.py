"""What keeps somebody from using a page, as axe sees it."""

from __future__ import annotations

from collections.abc import Mapping

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what keeps somebody out comes back: the whole report of a page is a megabyte.
LOOK = """
async (options) => {
  const { violations } = await axe.run(document, options);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ help, nodes }) => `${help}: ${nodes.slice(0, 3).map(({ html }) => html)}`);
}
"""
# No rule that we ask reads the stylesheets, which axe would otherwise fetch once more.
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
# What a page is made of does not change with its colours.
ITS_COLOURS = {**EVERYTHING, "runOnly": ["color-contrast"]}


def barriers(page: Page) -> list[str]:
    """In light and in dark, what keeps somebody from using this page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    by_day = _found(page, EVERYTHING)
    page.emulate_media(color_scheme="dark")
    by_night = _found(page, ITS_COLOURS)
    return [f"{page.url} {each}" for each in (*by_day, *by_night)]


def at_each(page: Page, *addresses: str) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += barriers(page)
    return found


def _found(page: Page, options: Mapping[str, object]) -> list[str]:
    found: list[str] = page.evaluate(LOOK, options)
    return found
