"""A message in the town's own words, where it has some for this way and language.

Where one of its names has no value for this message, no code or nothing said, the
whole message is in ours: half a sentence is worse than another tone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from notify.letterheads import Letterhead, letterhead
from notify.message import Channel
from notify.rules import texts
from tenants.rules.placeholders import filled
from tenants.town import Town
from tenants.town.wording import LONGEST, Wording
from townline import words
from townline.i18n import language, speaking

# What is cut when it is long; half a link or half a number would be none.
CUT = frozenset({"category", "place", "promise", "words", "title", "town"})
_BLANK_LINES = re.compile(r"\n\s*\n")

Value = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Own:
    """Without a ``subject`` the letter has ours."""

    text: str
    subject: str = ""


def own_words(
    template: str, via: str, context: Mapping[str, Any], head: Letterhead
) -> Own | None:
    """None where the message is ours to say."""
    for each in head.wordings:
        if each.key == template and each.channel == via:
            return _said(each, context, head)
    return None


def said_back(
    template: str,
    via: str,
    context: Mapping[str, Any],
    *,
    town: Town,
    code: str,
) -> str:
    """What answers somebody at once, in the language spoken; "" if it is ours to say.

    A page and a letter say it in ours: they say more than that.
    """
    head = letterhead(town, language=language(), public_url="", code=code)
    own = own_words(template, via, context, head)
    return own.text if own else ""


def _said(wording: Wording, context: Mapping[str, Any], head: Letterhead) -> Own | None:
    whole = _values(context, head)
    with speaking(head.language):
        text = _text(getattr(wording.text, head.language, ""), wording.channel, whole)
        subject = _line(getattr(wording.subject, head.language, ""), whole)
    if not text or subject is None:
        return None
    return Own(text, subject)


def _text(text: str, channel: Channel, whole: Value) -> str | None:
    if channel == "email":
        letter = filled(text.strip(), whole)
        return None if letter is None else _BLANK_LINES.sub("\n\n", letter).strip()
    return _line(text, whole)


def _line(text: str, whole: Value) -> str | None:
    """On one line, each value as long as a text has room for."""

    def cut(name: str) -> str:
        value = " ".join(whole(name).split())
        return texts.shorten(value, LONGEST[name]) if name in CUT else value

    found = filled(text, cut)
    return None if found is None else " ".join(found.split())


def _values(context: Mapping[str, Any], head: Letterhead) -> Value:
    def value(name: str) -> str:
        match name:
            case "code":
                return head.code
            case "link":
                return head.link
            case "town":
                return head.town
            case "phone":
                return words.phone(head.phone)
            case _:
                return str(context.get(name, ""))

    return value
