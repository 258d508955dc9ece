"""Debian's Chromium, driven by Playwright; every fault a page has is written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
    sync_playwright,
)

DEBIANS = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
# Nothing outside of this machine is looked up, let alone fetched.
AT_HOME = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class Screen(TypedDict):
    width: int
    height: int


# The smallest screen the desk is made for, and an old telephone.
WIDE: Screen = {"width": 1280, "height": 720}
NARROW: Screen = {"width": 360, "height": 640}


@contextmanager
def chromium_running() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_found(), args=[*QUIET, AT_HOME]
        )
        yield browser
        browser.close()


def _found() -> str:
    """Skip where there is no Chromium, unless the browser tests are required."""
    found = shutil.which("chromium") or (str(DEBIANS) if DEBIANS.exists() else None)
    if found:
        return found
    missing = "Chromium is not installed (on Debian: apt-get install chromium)."
    if os.environ.get("TOWNLINE_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{missing} TOWNLINE_REQUIRE_BROWSER=1 needs it.")
    pytest.skip(missing)


class Faults(list[str]):
    """What no page may do: complain, break its policy, meet a 5xx, or call out."""

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._complained)
        context.on("weberror", self._failed)
        context.on("response", self._answered)
        context.on("request", self._asked)

    def forgive(self, words: str) -> None:
        """What a story itself brought about, by breaking something."""
        self[:] = [each for each in self if words not in each]

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.append(f"console: {message.text} {message.location}")

    def _failed(self, error: WebError) -> None:
        self.append(f"script: {error.error}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.append(f"{response.status}: {response.url}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            self.append(f"left this machine: {request.url}")


def shoot(page: Page, name: str) -> None:
    """A picture for people, where TOWNLINE_SHOTS names a folder for them."""
    if folder := os.environ.get("TOWNLINE_SHOTS"):
        # As it is: hiding the caret would take a style that our policy refuses.
        path = Path(folder) / f"{name}.png"
        page.screenshot(path=path, full_page=True, caret="initial")
