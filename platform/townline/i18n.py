"""English and French: which one, and the words, numbers and dates of each.

Each face of the product keeps its French in ``locale/fr.po`` beside its templates;
English is what the code says. The language of a page is the one chosen on it or
before in this browser, else the signed-in person's, else the browser's, else the
town's first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.core import negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("en", "fr")
# What formats numbers, dates and marks; the design's table is written for these two.
LOCALES = {"en": "en_US", "fr": "fr_CA"}
SPEAKERS = (
    "townline", "calls", "tickets", "tenants", "notify", "escalation", "surveys",
    "portal", "portal.desk", "portal.town", "portal.crew", "portal.resident",
)  # fmt: skip

_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    return _language.get()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Everything inside is said in ``chosen``."""
    token = _language.set(chosen if chosen in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def choose(preferred: Iterable[str | None], accept_language: str, default: str) -> str:
    """The first preference that we speak; then the browser's; then the town's."""
    for wish in preferred:
        if wish in LANGUAGES:
            return wish
    header = [part.split(";")[0].strip() for part in accept_language.split(",")]
    return (negotiate_locale(header, LANGUAGES, sep="-") or default)[:2]


def gettext(message: str) -> str:
    return _catalog(language()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    return _catalog(language()).ngettext(singular, plural, number)


@cache
def _catalog(chosen: str) -> NullTranslations:
    if chosen == "en":
        return NullTranslations()
    merged = Catalog(locale=chosen)
    for speaker in SPEAKERS:
        source = files(speaker) / "locale" / f"{chosen}.po"
        if source.is_file():
            with source.open("rb") as po:
                for message in read_po(po, locale=chosen):
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)
