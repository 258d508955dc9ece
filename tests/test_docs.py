"""What is written for people is true: links lead somewhere, and commands exist.

Whoever changes a word on a screen finds here which page of the documentation quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from typer.core import TyperGroup
from typer.main import get_command

from tests.sources import PACKAGES, ROOT, name
from townline.entrypoints.cli import app

DOCS = ROOT / "deploy" / "docs"
PICTURES = DOCS / "pictures"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
FOR_PEOPLE = sorted(DOCS.glob("for-*.md"))
FOR_OPERATORS = [DOCS / "operations.md", *sorted(DOCS.glob("runbooks/*.md"))]

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
SAID = re.compile(r"(?:^|[\s(`$/])townline ([a-z][^`\n#|)]*)", re.MULTILINE)
ITALIC = re.compile(r"(?<!\*)\*(?![\s*])([^*]+?)\*(?!\*)")
SETTING = re.compile(r"\b(?:TOWNLINE|TWILIO|SENDGRID|SMTP)_[A-Z_]+\b")
MADE = re.compile(r"^([a-z]+):", re.MULTILINE)
# A language is named in itself, and is no sentence to be translated.
LANGUAGES = {"english", "français"}
# The image says where the web listens within its container.
OF_THE_IMAGE = {"TOWNLINE_HOST", "TOWNLINE_PORT"}


def prose(page: Path) -> str:
    return CODE.sub("", page.read_text())


def anchors(page: Path) -> set[str]:
    """As a forge makes them of headings."""
    found = (re.sub(r"[*`]", "", each) for each in HEADING.findall(page.read_text()))
    return {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in found}


def links(page: Path) -> Iterator[tuple[Path, str]]:
    for link in LINK.findall(prose(page)):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            yield (page.parent / path).resolve() if path else page, anchor


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [
        f"{target}#{anchor}"
        for target, anchor in links(page)
        if not target.exists() or (anchor and anchor not in anchors(target))
    ]
    assert broken == []


def test_every_page_and_picture_is_found_from_the_readme() -> None:
    found, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        found.add(page)
        folder = sorted(page.glob("*.md")) if page.is_dir() else []
        targets = [target for target, _ in links(page)] if page.suffix == ".md" else []
        ahead += [each for each in (*folder, *targets) if each not in found]

    assert {*PAGES, *PICTURES.iterdir()} - found == set()


@pytest.mark.parametrize("page", [*FOR_PEOPLE, *FOR_OPERATORS], ids=name)
def test_what_is_in_italics_stands_on_a_screen(page: Path) -> None:
    """What a reader is to type stands in a typewriter's letters instead. Three dots
    are what a sentence is filled with."""
    shown = on_screens("fr" if page.name.endswith(".fr.md") else "en")

    assert [
        quoted
        for quoted in ITALIC.findall(prose(page))
        if (words := plain(quoted)) not in LANGUAGES
        if not all(
            any(part.strip() in each for each in shown) for part in words.split("…")
        )
    ] == []


@pytest.mark.parametrize("page", FOR_PEOPLE, ids=name)
def test_both_languages_have_the_same_sections(page: Path) -> None:
    french = page if page.name.endswith(".fr.md") else page.with_suffix(".fr.md")
    english = french.with_name(french.name.replace(".fr.md", ".md"))

    assert len(HEADING.findall(french.read_text())) == len(
        HEADING.findall(english.read_text())
    )


def test_every_command_that_is_named_exists() -> None:
    assert [
        f"{name(page)}: townline {words}"
        for page in PAGES
        for words in SAID.findall("\n".join(CODE.findall(page.read_text())))
        if not is_command(words.split())
    ] == []


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(MADE.findall((ROOT / "Makefile").read_text()))
    named = {
        word
        for page in PAGES
        for code in CODE.findall(page.read_text())
        for word in re.findall(r"\bmake ([a-z]+)", code)
    }
    assert named - targets == set()


def test_every_setting_is_told_of_and_reaches_the_containers() -> None:
    told = set(SETTING.findall((ROOT / "deploy" / "env.example").read_text()))
    read = {
        setting
        for source in ("settings.py", "telephones.py")
        for setting in SETTING.findall((PACKAGES["townline"] / source).read_text())
    }
    compose = set(SETTING.findall((ROOT / "deploy" / "compose.yaml").read_text()))

    assert read - told == set()
    assert read - OF_THE_IMAGE - compose == set()


def test_the_map_of_the_house_has_every_room() -> None:
    mapped = set(
        re.findall(r"^\| `([\w/]+)/` ", (ROOT / "README.md").read_text(), re.M)
    )
    rooms = {name(folder) for folder in PACKAGES.values()} | {"tests", "deploy"}

    assert mapped == rooms


def is_command(words: list[str]) -> bool:
    """As far as its name goes, and every option that it is given."""
    command = get_command(app)
    while words and isinstance(command, TyperGroup):
        known = command.commands.get(words.pop(0))
        if known is None:
            return False
        command = known
    given = {each.partition("=")[0] for each in words if each.startswith("--")}
    options = {option for each in command.params for option in each.opts}
    return given <= options | {"--help"}


def on_screens(language: str) -> set[str]:
    """Every sentence of ours in a language, as the catalogs have it."""
    found: set[str] = set()
    for package in PACKAGES.values():
        for catalog in package.rglob("locale/fr.po"):
            with catalog.open("rb") as file:
                for entry in read_po(file):
                    said = entry.string if language == "fr" else entry.id
                    forms = (said,) if isinstance(said, str) else said or ()
                    found.update(map(plain, forms))
    return found


def plain(words: str) -> str:
    """Without what a sentence is filled with, and how it is set."""
    words = re.sub(r"<[^>]+>|%\(\w+\)[sd]|\{\w*\}", "", words).replace("’", "'")
    return re.sub(r"\s+", " ", words.rstrip(".")).strip().lower()
