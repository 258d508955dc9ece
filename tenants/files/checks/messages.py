"""The town's own words for a message that would be useless, or could not be sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tenants.files.checks.wording import LANGUAGES
from tenants.files.findings import Fault
from tenants.files.matching import name_of
from tenants.files.places import Path
from tenants.rules.placeholders import apart
from tenants.town import Text, Town
from tenants.town.wording import (
    LONGEST,
    MOST,
    MOST_OF_A_SUBJECT,
    RANGES,
    Range,
    Wording,
    in_a_subject,
)
from townline.i18n import gettext


def messages(town: Town) -> Iterator[Fault]:
    yield from _twice(town)
    for number, each in enumerate(town.messages):
        yield from _of(each, ("messages", number))


def _twice(town: Town) -> Iterator[Fault]:
    names = [name_of(each) for each in town.messages]
    for number, name in enumerate(names):
        if (first := names.index(name)) != number:
            remedy = gettext(
                'Choose another: "{value}" is taken by entry {number} of the list.'
            ).format(value=name, number=first + 1)
            yield Fault(("messages", number, "channel"), remedy)


def _of(it: Wording, path: Path) -> Iterator[Fault]:
    ways = RANGES[it.key]
    if it.channel not in ways:
        remedy = gettext("Choose one of {ways}: it goes by no other way.")
        known = ", ".join(f'"{each}"' for each in ways)
        yield Fault((*path, "channel"), remedy.format(ways=known))
        return
    knows = ways[it.channel]
    yield from _said(it.text, knows, (*path, "text"), most=MOST[it.channel])
    if it.channel == "email":
        about = in_a_subject(knows)
        place = (*path, "subject")
        yield from _said(it.subject, about, place, most=MOST_OF_A_SUBJECT)
    elif it.subject != Text():
        remedy = gettext("Take out the subject: only a letter has one.")
        yield Fault((*path, "subject"), remedy)


def _said(text: Text, knows: Range, path: Path, *, most: int) -> Iterator[Fault]:
    """In every language that is there; which one is missing is found elsewhere."""
    for language in LANGUAGES:
        words = getattr(text, language)
        if words.strip():
            remedies = (
                *_strange(words, knows),
                *_needed(words, knows),
                *_unsayable(words),
                *_too_long(words, most),
            )
            yield from (Fault((*path, language), each) for each in remedies)


def _strange(words: str, knows: Range) -> Iterator[str]:
    taken = apart(words)
    known = _in_braces(knows.knows)
    if taken.loose:
        remedy = gettext(
            "Close every brace around a name, and use them for nothing else: {known}."
        )
        yield remedy.format(known=known)
    for name in dict.fromkeys(taken.names):
        if name not in knows.knows:
            if name in LONGEST:
                remedy = gettext(
                    "Take out {found}: it is not filled in here. What is: {known}."
                )
            else:
                remedy = gettext("Write one of {known} instead of {found}.")
            yield remedy.format(found=f"{{{name}}}", known=known)


def _needed(words: str, knows: Range) -> Iterator[str]:
    named = apart(words).names
    for group in knows.needs:
        if not any(each in named for each in group):
            if len(group) == 1:
                remedy = gettext(
                    "Write {needed} somewhere: without it this message is of no use."
                )
            else:
                remedy = gettext(
                    "Write one of {needed} somewhere: without any this message is of"
                    " no use."
                )
            yield remedy.format(needed=_in_braces(group))


def _unsayable(words: str) -> Iterator[str]:
    """Signs that no database keeps and no telephone shows."""
    for sign in dict.fromkeys(words):
        if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t":
            remedy = gettext("Take out the sign {sign}: it cannot be sent.")
            yield remedy.format(sign=f"U+{ord(sign):04X}")


def _too_long(words: str, most: int) -> Iterator[str]:
    taken = apart(words)
    length = sum(map(len, taken.words))
    length += sum(LONGEST.get(each, 0) for each in taken.names)
    if length > most:
        remedy = gettext(
            "Shorten it by {number} signs: with everything filled in it can be {length}"
            " signs long, and {most} is the most."
        )
        yield remedy.format(number=length - most, length=length, most=most)


def _in_braces(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{each}}}" for each in names)
