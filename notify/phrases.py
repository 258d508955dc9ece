"""What is said back at once, in the language that ``townline.i18n`` speaks now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from townline.i18n import gettext
from townline.words import clock, phone


def already_taken(code: str, *, by: str, at: datetime, zone: str) -> str:
    """To whoever answers too late: by whom, and when."""
    if not by:
        return gettext(
            "%(code)s is closed since %(time)s. Nothing is asked of you."
        ) % {
            "code": code,
            "time": clock(at, zone),
        }
    return gettext("%(code)s was already taken by %(name)s at %(time)s.") % {
        "code": code,
        "name": by,
        "time": clock(at, zone),
    }


def taken_on_the_phone(*, by: str) -> str:
    if by:
        return gettext("%(name)s has taken it already. Thank you.") % {"name": by}
    return gettext("It is taken already. Thank you.")


def which_one(codes: Sequence[str]) -> str:
    """To a bare word, while several tickets wait for this person."""
    return gettext("Which one? Open: %(codes)s. Write the code and ok or no.") % {
        "codes": ", ".join(codes)
    }


def unknown_code(code: str) -> str:
    return gettext("We know no %(code)s of yours. Nothing was changed.") % {
        "code": code
    }


def not_understood(code: str) -> str:
    return gettext(
        "Not understood. Reply %(code)s to take it, %(code)s no if you cannot."
    ) % {"code": code}


def nothing_asked(town: str, *, number: str) -> str:
    return gettext(
        "%(town)s: nothing is asked of you here. To report something call %(number)s."
    ) % {"town": town, "number": phone(number)}


def nothing_pressed() -> str:
    return gettext("Nothing was pressed. Somebody else is asked now. Goodbye.")


def noted() -> str:
    return gettext("Noted, thank you.")


def one_moment() -> str:
    """While a key that was pressed is being acted upon."""
    return gettext("One moment, please.")


def to_the_desk() -> str:
    return gettext("We put you through to the desk.")
