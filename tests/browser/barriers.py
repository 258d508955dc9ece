"""What keeps somebody from using a page, as axe sees it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
GRAVE = {"serious", "critical"}
EVERYTHING = {"resultTypes": ["violations"]}
# What a page is made of does not change with its colours.
ITS_COLOURS = {**EVERYTHING, "runOnly": ["color-contrast"]}


def barriers(page: Page) -> list[str]:
    """In light and in dark, what keeps somebody from using this page."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    by_day = AXE.run(page, options=EVERYTHING).response["violations"]
    page.emulate_media(color_scheme="dark")
    by_night = AXE.run(page, options=ITS_COLOURS).response["violations"]
    return [
        f"{page.url} {rule['help']}: {[node['html'] for node in rule['nodes'][:3]]}"
        for rule in (*by_day, *by_night)
        if rule["impact"] in GRAVE
    ]


def at_each(page: Page, *addresses: str) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += barriers(page)
    return found
