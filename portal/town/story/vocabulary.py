"""The log's short words, as people read them."""

from __future__ import annotations

from babel.numbers import format_decimal

from townline.i18n import LOCALES, gettext, language


def via(word: str) -> str:
    """By what means somebody answered."""
    words = {
        "sms": gettext("by text"),
        "voice": gettext("by key press"),
        "email": gettext("by email"),
        "agent": gettext("to the agent who called"),
        "link": gettext("on the relay’s page"),
        "on_the_way": gettext("by saying that they are on the way"),
        "on_site": gettext("by saying that they are on site"),
        "done": gettext("by saying that it is done"),
        "earlier run": gettext("before the level changed"),
    }
    return words.get(word, word)


def channel(word: str) -> str:
    words = {
        "sms": gettext("Text"),
        "voice": gettext("Call"),
        "email": gettext("Email"),
        "agent": gettext("Agent’s call"),
    }
    return words.get(word, word)


def came_by(word: str) -> str:
    """How a resident's request reached the town."""
    words = {
        "phone": gettext("Telephone"),
        "web": gettext("Web"),
        "text": gettext("Text"),
        "email": gettext("Email"),
        "walk_in": gettext("Counter"),
    }
    return words.get(word, word)


def step(word: str) -> str:
    words = {
        "on_the_way": gettext("On the way"),
        "on_site": gettext("On site"),
        "done": gettext("Done"),
    }
    return words.get(word, word)


def reason(word: str) -> str:
    """Why a ticket was closed: closed is not done."""
    words = {
        "done": gettext("Done"),
        "not_found": gettext("Nothing found there"),
        "other_owner": gettext("Somebody else’s to repair"),
        "duplicate": gettext("Known already"),
        "scheduled": gettext("Planned for later"),
        "no_action_policy": gettext("Not done, as the town has decided"),
    }
    return words.get(word, word)


def audience(word: str) -> str:
    words = {
        "public": gettext("Public"),
        "town": gettext("Town"),
        "dispatch": gettext("Dispatch only"),
    }
    return words.get(word, word)


def news(word: str) -> str:
    """What residents were told."""
    words = {
        "resident_done": gettext("that it is closed"),
        "resident_promise_late": gettext("that it takes longer than promised"),
        "resident_opened": gettext("their number"),
        "resident_reopened": gettext("that it is open again, and what is promised"),
        "resident_merged": gettext("the number under which it goes on"),
    }
    return words.get(word, word)


def called_back(word: str) -> str:
    """What came of a call, as the trade names it."""
    words = {
        "reached": gettext("reached"),
        "voicemail_left": gettext("voicemail, not an answer"),
        "no_answer": gettext("nobody picked up"),
        "busy": gettext("the line was busy"),
        "invalid_number": gettext("not a number in service"),
    }
    return words.get(word, word)


def solved(word: str) -> str:
    words = {
        "yes": gettext("problem solved"),
        "partly": gettext("partly solved"),
        "no": gettext("not solved"),
    }
    return words.get(word, word)


def disposition(word: str) -> str:
    words = {
        "ticket_created": gettext("became a ticket"),
        "added_to_existing": gettext("added to a known ticket"),
        "status_enquiry": gettext("asked how it stands"),
        "information_given": gettext("had an answer at once"),
        "transferred_city": gettext("put through to the town"),
        "transferred_911": gettext("put through to 911"),
        "dropped_call": gettext("the line broke"),
        "hang_up": gettext("hung up"),
        "wrong_city": gettext("was another town’s caller"),
        "wrong_number": gettext("a wrong number"),
        "patched_on_call": gettext("put through to the crew"),
        "language_unserved": gettext("in a language we do not speak"),
        "silent": gettext("nobody spoke"),
        "abusive_ended": gettext("ended after two warnings"),
        "test_call": gettext("a test"),
        "spam": gettext("spam"),
    }
    return words.get(word, word)


def tenths(value: float) -> str:
    """4.0 and not 4: a mean is as exact as its margin."""
    return str(format_decimal(value, "0.0", locale=LOCALES[language()]))
