"""What a caller hears before a person answers, and what that person says first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tenants.rules import phrase
from tenants.town import Language, Town
from townline.i18n import gettext, ngettext, speaking


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the language they are to be pronounced in, or a recording of them."""

    words: str
    language: str
    audio: str = ""


def choice(town: Town) -> tuple[Said, ...]:
    """The languages of the town, each offered in itself; empty if there is one."""
    if len(town.languages) == 1:
        return ()
    return tuple(
        _offer(town, language, digit)
        for digit, language in enumerate(town.languages, start=1)
    )


def chosen(town: Town, digits: str, *, otherwise: str) -> str:
    """The language a key stands for; no key, or a wrong one, is the line's own."""
    by_digit = {str(n): each for n, each in enumerate(town.languages, start=1)}
    return by_digit.get(digits, otherwise)


def greeting(town: Town, language: str, *, at: datetime) -> Said:
    return Said(phrase(town, at=at).greeting.in_(language), language)


def answer_phrase(town: Town, language: str, *, agent: str, at: datetime) -> str:
    """The town's first sentence with the agent's first name, to read from the desk."""
    words = phrase(town, at=at).agent.in_(language)
    return words.replace("{agent}", agent.partition(" ")[0])


def hold(position: int, language: str) -> Said:
    with speaking(language):
        if position <= 1:
            return Said(gettext("You are next. Please stay on the line."), language)
        words = gettext("You are number %(position)d in line. Please stay on the line.")
        return Said(words % {"position": position}, language)


def key_for(offer: str, key: str, language: str) -> Said:
    """What a key is for, then the key: who has heard enough knows which to press."""
    with speaking(language):
        words = {
            "*": gettext("%(offer)s, press star."),
            "#": gettext("%(offer)s, press pound."),
        }.get(key, gettext("%(offer)s, press %(key)s."))
        offered = offer.strip().rstrip(".")
        return Said(words % {"offer": offered, "key": key}, language)


def wrong_key(language: str) -> Said:
    with speaking(language):
        return Said(gettext("That key does nothing here."), language)


def nobody_now(language: str) -> Said:
    with speaking(language):
        return Said(gettext("Nobody can take your call at this hour."), language)


def still_looking(language: str) -> Said:
    """When the agent who took the call did not pick up."""
    with speaking(language):
        return Said(
            gettext("Please stay on the line; the next agent is yours."), language
        )


def overwhelmed(language: str) -> Said:
    """When the queue itself fails, which leaves a missed call to be called back."""
    with speaking(language):
        words = gettext(
            "We cannot take your call this minute. If anyone is in danger, hang up and"
            " call 911. Otherwise please call again in a few minutes."
        )
        return Said(words, language)


def nobodys_line() -> tuple[Said, ...]:
    """On a number that rings here and belongs to no town, in both languages."""
    words = "This number is not in service. If anyone is in danger, call 911. Goodbye."
    both = []
    for language in ("en", "fr"):
        with speaking(language):
            both.append(Said(gettext(words), language))
    return tuple(both)


def whisper(town: Town, language: str) -> Said:
    """To the agent alone, in the moment before the caller is heard."""
    return Said(town.name.in_(language), language)


def open_tickets(number: int, language: str) -> str:
    """To a crew that calls while something is asked of it."""
    with speaking(language):
        words = ngettext(
            "You have %(number)d open ticket.",
            "You have %(number)d open tickets.",
            number,
        )
        return words % {"number": number}


def offered(digit: int, *, level: int, place: str, language: str) -> str:
    with speaking(language):
        words = gettext("Press %(digit)d for level %(level)d, %(place)s.")
        return words % {"digit": digit, "level": level, "place": place}


def to_the_desk(language: str) -> str:
    with speaking(language):
        return gettext("Press 0 to speak to the desk.")


def one_moment(language: str) -> str:
    with speaking(language):
        return gettext("One moment, please.")


def goodbye(language: str) -> str:
    with speaking(language):
        return gettext("Goodbye.")


def _offer(town: Town, language: Language, digit: int) -> Said:
    with speaking(language):
        # The French of this offers French.
        words = gettext("%(town)s. For English, press %(digit)d.")
        return Said(words % {"town": town.name.in_(language), "digit": digit}, language)
