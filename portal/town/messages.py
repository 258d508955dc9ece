"""Every text, call and letter that a town sends, in the words of the sender itself.

Only who it is about is made up; the renderer, the town and the count are the real ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import notify
from escalation.phrases import level_word
from notify import Message, Recipient
from notify.message import Channel
from notify.samples import SAMPLES
from portal.town.category_trial import spoken_promise
from portal.town.fields.messages import MESSAGES, WAYS
from tenants.files import name_of
from tenants.town import Category, Language, Town
from tenants.town.wording import RANGES
from townline.db import new_id
from townline.i18n import gettext, speaking

# Whom the examples are written to.
NAME = {"en": "Ana Ruiz", "fr": "Anne Côté"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """``segments`` is 0 for whatever is no text."""

    channel: Channel
    language: Language
    subject: str
    body: str
    segments: int


@dataclass(frozen=True, slots=True)
class Way:
    """One that a town may word itself; ``name`` is ``relay.sms``."""

    name: str
    label: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One message: ``name`` says when it is sent, and to whom."""

    template: str
    name: str
    worded: tuple[Worded, ...]
    ways: tuple[Way, ...] = ()

    @property
    def heading(self) -> str:
        """What has no name of its own is called by its letter's subject."""
        return self.name or next(filter(None, (e.subject for e in self.worded)), "")


@dataclass(frozen=True, slots=True)
class Length:
    """How many segments the text to whoever is on call takes, by language."""

    category: Category
    segments: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom the examples are about."""

    town: Town
    category: Category
    public_url: str
    at: datetime


def kinds(about: About) -> tuple[Kind, ...]:
    named = _names()
    return tuple(
        Kind(
            template=template,
            name=named.get(template, ""),
            worded=tuple(_worded(about, template)),
            ways=tuple(_ways(about.town, template)),
        )
        for template in SAMPLES
    )


def lengths(about: About) -> tuple[Length, ...]:
    """Of every category, the longest first: a long name costs a segment each time."""
    found = (
        Length(each, {said.language: said.segments for said in _relays(about, each)})
        for each in about.town.categories
    )
    return tuple(sorted(found, key=lambda each: -max(each.segments.values())))


def said(about: About, template: str, channel: Channel, tongue: Language) -> Worded:
    """What the sender itself would say of the example, in one language."""
    context = SAMPLES[template].context
    with speaking(tongue):
        ours = {**_ours(about, tongue)}
    if "promise" in context:
        ours["promise"] = spoken_promise(
            about.town, about.category, tongue, at=about.at
        )
    message = Message(
        key="preview",
        to=Recipient("contact", "preview", NAME[tongue], tongue),
        channel=channel,
        destination="",
        purpose="notice",
        template=template,
        subject_id=new_id(),
        level=about.category.level,
        due_at=about.at,
        context=_filled(context, ours),
        code="code" not in context and template in {"relay", "accepted"},
    )
    said = notify.rehearse(message, about.town, public_url=about.public_url)
    return Worded(
        channel=channel,
        language=tongue,
        subject=said.subject,
        body=said.body,
        segments=said.segments,
    )


def _worded(about: About, template: str) -> Iterator[Worded]:
    for channel in SAMPLES[template].channels:
        for tongue in about.town.languages:
            yield said(about, template, channel, tongue)


def _ways(town: Town, template: str) -> Iterator[Way]:
    own = {name_of(each) for each in town.messages}
    for key, ways in RANGES.items():
        if key == template:
            for channel in ways:
                name = f"{key}.{channel}"
                yield Way(name, gettext(WAYS[channel]), name in own)


def _relays(about: About, category: Category) -> Iterator[Worded]:
    one = About(
        town=about.town, category=category, public_url=about.public_url, at=about.at
    )
    for tongue in about.town.languages:
        yield said(one, "relay", "sms", tongue)


def _ours(about: About, tongue: Language) -> Mapping[str, Any]:
    """What the examples call their town, their category and their words."""
    return {
        "tracking": f"{about.town.prefix}-482-731-7",
        "category": about.category.name.in_(tongue),
        "level_word": level_word(about.category.level),
        "place": gettext("Elm Street at 4th Avenue"),
        "words": gettext("Water is running into the basement."),
        "title": gettext("No water on Elm Street"),
        "holes": [gettext("Nobody is on call on Friday evening.")],
    }


def _filled(context: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """The example's names with the town's own things, in lists of tickets too."""
    filled = {name: ours.get(name, value) for name, value in context.items()}
    if "tickets" in context:
        filled["tickets"] = [_filled(each, ours) for each in context["tickets"]]
    return filled


def _names() -> Mapping[str, str]:
    """Of what a town may word, and of what stays ours."""
    worded = {each: gettext(words) for each, words in MESSAGES.items()}
    return worded | {
        "merged": gettext("Several tickets at once, to whoever is asked to take them"),
        "relay_merged": gettext("To whoever was asked, when two tickets become one"),
        "relay_test": gettext("A test, to whoever wants to see that it works"),
        "answer": gettext("Back to whoever answered by text or by letter"),
        "town_holes": gettext("To the town, when nobody would be reached"),
        "invitation": gettext("To whoever is invited to these pages"),
        "assigned": gettext("To whom a colleague gives a ticket to look after"),
        "destination_code": gettext("To confirm a telephone or an address"),
        "swap": gettext("To whoever is asked to take a shift"),
        "swap_answered": gettext("To whoever asked for a swap"),
        "opted_out": gettext("To the town, when a telephone wants no more texts"),
    }
