"""What a caller in line hears, and what they may do instead of waiting."""

from __future__ import annotations

from calls.rules.speech import Said
from townline.i18n import gettext, ngettext, speaking
from townline.words import phone


def expect(minutes: int, language: str) -> Said:
    with speaking(language):
        words = ngettext(
            "The wait is about %(minutes)d minute.",
            "The wait is about %(minutes)d minutes.",
            minutes,
        )
        return Said(words % {"minutes": minutes}, language)


def busy_now(language: str) -> Said:
    """On entering the line when many more call than usual."""
    with speaking(language):
        words = gettext(
            "Many people are calling at this moment, and the wait is longer than usual."
        )
        return Said(words, language)


def one_could(language: str, *, call_back: bool) -> tuple[Said, ...]:
    """What a caller may do besides waiting."""
    with speaking(language):
        words = [gettext("To leave a message instead, press 2.")]
        if call_back:
            back = gettext("To keep your place and be called back, press 1.")
            words.insert(0, back)
        return tuple(Said(each, language) for each in words)


def ask_consent(known: str, language: str) -> Said:
    with speaking(language):
        words = gettext(
            "We will call you back when it is your turn, at %(number)s. If that is"
            " right, press 1. For another number, press 2."
        )
        return Said(words % {"number": spelled(known)}, language)


def ask_number(language: str) -> Said:
    with speaking(language):
        words = gettext(
            "Key in the number at which we should call you back, with its area code,"
            " then press pound."
        )
        return Said(words, language)


def no_number(language: str) -> Said:
    with speaking(language):
        return Said(gettext("That is no telephone number."), language)


def promised(number: str, language: str) -> Said:
    with speaking(language):
        words = gettext("You keep your place. We will call you at %(number)s. Goodbye.")
        return Said(words % {"number": spelled(number)}, language)


def ask_message(language: str) -> Said:
    with speaking(language):
        words = gettext(
            "Please say your name, your number and your message after the tone, then"
            " press pound. If anyone is in danger, hang up and call 911."
        )
        return Said(words, language)


def message_kept(language: str) -> Said:
    with speaking(language):
        return Said(gettext("Thank you; your message is kept. Goodbye."), language)


def nothing_heard(language: str) -> Said:
    with speaking(language):
        return Said(gettext("We have heard nothing. Goodbye."), language)


def spelled(number: str) -> str:
    """Digit by digit, as a number is read out, without its country."""
    return " ".join(char for char in phone(number) if char.isdigit())
