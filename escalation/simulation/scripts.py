"""What the world does in a rehearsal: who answers, and what the carriers manage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from townline.errors import Invalid

Texts = Literal["arrive", "undelivered", "down"]
Does = Literal["accept", "decline"]

# Long enough to read a text, wake up and press a key.
ANSWERS_AFTER = timedelta(minutes=1)
# Carriers say within half a minute that a handset is off.
UNDELIVERED_AFTER = timedelta(seconds=30)
# As long as a call is let ring (``notify.channels.twilio_voice``).
RINGS_FOR = timedelta(seconds=30)
# A crew that sets out and arrives, when no deadline asks for it sooner.
SETS_OUT_AFTER, ARRIVES_AFTER = timedelta(minutes=2), timedelta(minutes=20)
# A ladder that nobody ends is looked at for this long.
HORIZON = timedelta(days=8)
STORM = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The ``nth`` person of those who are told, and what they answer."""

    nth: int = 1
    does: Does = "accept"
    after: timedelta = ANSWERS_AFTER
    arrives: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """``everybody`` is what whoever is not among ``people`` does."""

    people: tuple[Person, ...] = ()
    everybody: Does | None = None
    texts: Texts = "arrive"
    tickets: int = 1
    at_clock_change: bool = False

    def person(self, nth: int) -> Person | None:
        """What the ``nth`` to be told does, if anything."""
        for person in self.people:
            if person.nth == nth:
                return person
        return None if self.everybody is None else Person(nth=nth, does=self.everybody)


SCRIPTS: Mapping[str, Script] = {
    "nobody": Script(),
    "accepts": Script(people=(Person(),)),
    "never-arrives": Script(people=(Person(arrives=False),)),
    "undelivered": Script(texts="undelivered"),
    "sms-down": Script(texts="down"),
    "storm": Script(tickets=STORM),
    "clock-change": Script(at_clock_change=True),
    "declines": Script(people=(Person(does="decline"),)),
    "everybody-declines": Script(everybody="decline"),
}


class NoSuchScript(Invalid):
    """There is no such script of what the world does."""


def script(name: str, *, nth: int | None = None, after: float | None = None) -> Script:
    """A script by name; with ``nth``, it is that person who accepts, after minutes."""
    try:
        named = SCRIPTS[name]
    except KeyError:
        raise NoSuchScript(f"Write one of {', '.join(SCRIPTS)}.") from None
    if nth is None and after is None:
        return named
    minutes = ANSWERS_AFTER if after is None else timedelta(minutes=after)
    first = named.people[0] if named.people else Person()
    person = Person(
        nth=nth or first.nth, does=first.does, after=minutes, arrives=first.arrives
    )
    return Script(people=(person,), texts=named.texts, tickets=named.tickets)
