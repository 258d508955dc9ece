"""What is said back at once to whoever texts, with its segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from notify import phrases
from notify.rules import texts
from portal.town.messages import About, Kind, Worded
from townline.i18n import gettext, speaking


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
