"""What we say in English we say in French too, and write it as French is written.

The sentences are what ``gettext`` is given in code and templates, and the messages
of expected failures, which ``townline.web.refusals`` translates when it shows them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from tests.sources import PACKAGES, code, is_migration, name, templates
from townline.errors import Problem
from townline.i18n import SPEAKERS

# What Babel calls a sentence: one text, or its singular and plural.
Sentence = str | tuple[str, ...]

KEYWORDS = {"gettext": None, "ngettext": (1, 2), "_": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
NO_BREAK = "\u00a0"

# Québec's: a no-break space before a colon and within guillemets, none before ? ! ;
TYPOGRAPHY = {
    "a colon without its no-break space": re.compile(rf"(?<!{NO_BREAK}):"),
    "a space before ? ! ;": re.compile(r"(?<!«)\s[?!;]"),
    "guillemets without no-break spaces": re.compile(
        rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»"
    ),
    "a typewriter's apostrophe or quote": re.compile("['\"]"),
}


def test_every_sentence_has_its_french() -> None:
    french = {sentence(entry) for _, entry in entries() if all(forms(entry.string))}

    missing = [each for each in sentences().items() if each[0] not in french]

    assert missing == []


def test_no_french_is_left_of_what_nobody_says_any_more() -> None:
    said = {*sentences(), *constants()}

    assert [(where, it.id) for where, it in entries() if sentence(it) not in said] == []


def test_a_sentence_has_one_french_whoever_says_it() -> None:
    """The catalogs are read into one, where the last would silently win."""
    known: dict[Sentence, Message] = {}
    differing = [
        (where, entry.id)
        for where, entry in entries()
        if known.setdefault(sentence(entry), entry).string != entry.string
    ]
    assert differing == []


def test_french_keeps_the_placeholders() -> None:
    assert [
        (where, english, french)
        for where, entry in entries()
        for english, french in zip(forms(entry.id), forms(entry.string), strict=True)
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(french))
    ] == []


@pytest.mark.parametrize("fault", TYPOGRAPHY)
def test_french_is_set_as_in_quebec(fault: str) -> None:
    assert [
        (where, french)
        for where, entry in entries()
        for french in forms(entry.string)
        if TYPOGRAPHY[fault].search(PLACEHOLDER.sub("…", french))
    ] == []


def test_the_message_of_a_failure_is_a_whole_sentence() -> None:
    """The first line alone is shown: a sentence that runs on would be cut."""
    assert [said for said in failures() if not said.endswith(".")] == []


@cache
def sentences() -> dict[Sentence, str]:
    """Each with the first place that says it."""
    said = chain(in_python(), in_templates(), failures().items())
    return dict(reversed([*said]))


def in_python() -> Iterator[tuple[Sentence, str]]:
    for path in modules():
        for _, found, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            yield found, name(path)


def in_templates() -> Iterator[tuple[Sentence, str]]:
    options = {"trimmed": "true", "silent": "false"}
    for path in templates():
        for _, found, _, _ in extract_from_file(
            "jinja2.ext.babel_extract", path, keywords=KEYWORDS, options=options
        ):
            yield found, name(path)


@cache
def failures() -> dict[str, str]:
    """First lines of docstrings, and sentences given where a failure is raised."""
    for path in modules():
        import_module(dotted(path))
    kinds = [kind for kind in lineage(Problem) if is_ours(kind)]
    shown = {(kind.__doc__ or "").split("\n")[0]: kind.__qualname__ for kind in kinds}
    names = {kind.__name__ for kind in kinds}
    given = {said: name(path) for path in modules() for said in told(path, names)}
    return {**given, **shown}


def lineage(kind: type[Problem]) -> Iterator[type[Problem]]:
    yield kind
    for heir in kind.__subclasses__():
        yield from lineage(heir)


def is_ours(kind: type[Problem]) -> bool:
    """Other tests have failures of their own, and the command line is English."""
    package, *rooms = kind.__module__.split(".")
    return package in PACKAGES and "entrypoints" not in rooms


def told(path: Path, names: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(
                func=ast.Name(id=called), args=[ast.Constant(str(words)), *_]
            ):
                if called in names:
                    yield words


def constants() -> Iterator[str]:
    """A sentence may have a name, and be translated under it."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@cache
def modules() -> tuple[Path, ...]:
    """Without migrations, which run when imported, and the English command line."""
    return tuple(
        path
        for path in code()
        if not is_migration(path) and "entrypoints" not in path.parts
    )


def dotted(path: Path) -> str:
    package, folder = next(
        each for each in PACKAGES.items() if path.is_relative_to(each[1])
    )
    steps = path.relative_to(folder).with_suffix("").parts
    return ".".join((package, *steps)).removesuffix(".__init__")


@cache
def entries() -> tuple[tuple[str, Message], ...]:
    """Every French entry, with the package that keeps it."""
    found = []
    for speaker in SPEAKERS:
        catalog = files(speaker) / "locale" / "fr.po"
        if catalog.is_file():
            with catalog.open("rb") as po:
                found += [(speaker, each) for each in read_po(po, "fr") if each.id]
    return tuple(found)


def sentence(entry: Message) -> Sentence:
    return entry.id if isinstance(entry.id, str) else tuple(entry.id)


def forms(words: Sentence | list[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())
