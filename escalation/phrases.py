"""What is said back to whoever answers, in the language spoken at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from townline.i18n import gettext
from townline.words import clock


@dataclass(frozen=True, slots=True)
class Subject:
    """``code`` is empty where no text was sent that could be answered with one."""

    category: str
    place: str
    tracking: str
    code: str = ""

    @property
    def facts(self) -> Mapping[str, str]:
        return {
            "category": self.category,
            "place": self.place,
            "tracking": self.tracking,
            "code": self.code,
        }

    def said(self, template: str) -> str:
        return template % self.facts


def yours(subject: Subject) -> str:
    if subject.code:
        return subject.said(
            gettext(
                "You have it: %(category)s, %(place)s."
                " Text %(code)s on way when you leave."
            )
        )
    return subject.said(gettext("You have it: %(category)s, %(place)s."))


def still_yours(subject: Subject) -> str:
    return subject.said(gettext("You have it already: %(category)s, %(place)s."))


def taken(by: str, *, at: datetime, zone: str) -> str:
    return gettext("Already taken by %(name)s at %(time)s.") % {
        "name": by,
        "time": clock(at, zone),
    }


def ended(subject: Subject) -> str:
    return subject.said(gettext("%(tracking)s is closed. Nothing is asked of you."))


def goes_on(subject: Subject, tracking: str) -> str:
    words = gettext("%(tracking)s goes on as %(into)s. Nothing is asked of you.")
    return words % {"tracking": subject.tracking, "into": tracking}


def open_again(subject: Subject) -> str:
    words = gettext("%(tracking)s is open again. Please answer the newer message.")
    return subject.said(words)


def declined() -> str:
    return gettext("Noted, thank you. Somebody else is asked now.")


def moved(kind: str, subject: Subject) -> str:
    """What to write next, when a code is there to write it with."""
    noted = gettext("Noted, thank you.")
    if not subject.code or kind == "done":
        return noted
    following = {
        "on_the_way": gettext("Text %(code)s on site when you are there."),
        "on_site": gettext("Text %(code)s done when it is finished."),
    }
    return f"{noted} {subject.said(following[kind])}"


def level_word(level: int) -> str:
    words = {
        1: gettext("Emergency"),
        2: gettext("Urgent"),
        3: gettext("Priority"),
        4: gettext("Routine"),
        5: gettext("Information"),
    }
    return words[level]
