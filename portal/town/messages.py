"""Every text, call and letter that a town sends, in the words of the sender itself.

Only who it is about is made up; the renderer, the town and the count are the real ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import notify
from escalation.phrases import level_word
from notify import Message, Recipient, phrases
from notify.message import Channel
from notify.rules import texts
from notify.samples import SAMPLES
from portal.town.category_trial import spoken_promise
from tenants.town import Category, Language, Town
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One message: ``name`` says when it is sent, and to whom."""

    template: str
    name: str
    worded: tuple[Worded, ...]

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
        )
        for template in SAMPLES
    )


def answers(about: About) -> tuple[Kind, ...]:
    """What is said back at once to whoever texts."""
    said: Mapping[str, Callable[[], str]] = {
        "noted": phrases.noted,
        "which_one": lambda: phrases.which_one(["41", "78"]),
        "unknown_code": lambda: phrases.unknown_code("93"),
        "not_understood": lambda: phrases.not_understood("41"),
        "already_taken": lambda: phrases.already_taken(
            "41", by="Dan Ortiz", at=about.at, zone=about.town.time_zone
        ),
    }
    named = {
        "noted": gettext("A further step was reported"),
        "which_one": gettext("A bare word, while several tickets wait"),
        "unknown_code": gettext("A code that nobody has given them"),
        "not_understood": gettext("Words that are no answer"),
        "already_taken": gettext("Somebody else was quicker"),
    }
    return tuple(
        Kind(template=key, name=named[key], worded=tuple(_spoken(about, words)))
        for key, words in said.items()
    )


def lengths(about: About) -> tuple[Length, ...]:
    """Of every category, the longest first: a long name costs a segment each time."""
    found = (
        Length(each, {said.language: said.segments for said in _relays(about, each)})
        for each in about.town.categories
    )
    return tuple(sorted(found, key=lambda each: -max(each.segments.values())))


def _worded(about: About, template: str) -> Iterator[Worded]:
    for channel in SAMPLES[template].channels:
        for tongue in about.town.languages:
            yield _said(about, template, channel, tongue)


def _relays(about: About, category: Category) -> Iterator[Worded]:
    one = About(
        town=about.town, category=category, public_url=about.public_url, at=about.at
    )
    for tongue in about.town.languages:
        yield _said(one, "relay", "sms", tongue)


def _said(about: About, template: str, channel: Channel, tongue: Language) -> Worded:
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


def _spoken(about: About, words: Callable[[], str]) -> Iterator[Worded]:
    for tongue in about.town.languages:
        with speaking(tongue):
            body = texts.fold(words())
        yield Worded(
            channel="sms",
            language=tongue,
            subject="",
            body=body,
            segments=texts.segments(body),
        )


def _names() -> Mapping[str, str]:
    return {
        "relay": gettext("A ticket, to whoever is asked to take it"),
        "merged": gettext("Several tickets at once, to whoever is asked to take them"),
        "accepted": gettext("To whoever has taken it"),
        "resident_opened": gettext("To the resident, when the ticket is made"),
        "resident_reopened": gettext("To the resident, when it is opened again"),
        "resident_merged": gettext("To the resident, when two reports become one"),
        "relay_merged": gettext("To whoever was asked, when two tickets become one"),
        "relay_test": gettext("A test, to whoever wants to see that it works"),
        "resident_promise_late": gettext("To the resident, when it will be late"),
        "resident_done": gettext("To the resident, when it is done"),
        "event_ended": gettext("To everybody who asked, when a known event is over"),
        "holder_reminder": gettext("To whoever has it, while it is still open"),
        "survey_invitation": gettext("To the resident, how it went"),
        "answer": gettext("Back to whoever answered by text or by letter"),
        "town_holes": gettext("To the town, when nobody would be reached"),
        "invitation": gettext("To whoever is invited to these pages"),
        "destination_code": gettext("To confirm a telephone or an address"),
        "swap": gettext("To whoever is asked to take a shift"),
        "swap_answered": gettext("To whoever asked for a swap"),
        "opted_out": gettext("To the town, when a telephone wants no more texts"),
    }
