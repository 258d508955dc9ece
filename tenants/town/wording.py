"""The town's own words for what it sends, and what each message may and must name.

A town words what its crews and residents read and hear every day. These stay the
house's, because a slip in them costs more than a tone: the code that confirms a
destination, the way into these pages, a test, a list of several relays, what an agent
or a mailbox is told, what is answered at once to whoever texts, what the town itself
is told of holes and of STOP, and who is asked to take a shift.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tenants.town.parts import Part, Text

# As ``notify.samples`` names them; none is ever taken away, since files have it.
Worded = Literal[
    "relay",
    "accepted",
    "holder_reminder",
    "resident_opened",
    "resident_promise_late",
    "resident_reopened",
    "resident_merged",
    "resident_done",
    "event_ended",
    "survey_invitation",
]
WordedChannel = Literal["sms", "voice", "email"]


class Wording(Part, frozen=True, kw_only=True):
    """What one message says by one way; a letter's ``subject`` may stay ours.

    ``{code}`` and the like are filled in, as ``RANGES`` has them.
    """

    key: Worded
    channel: WordedChannel
    text: Text
    subject: Text = Text()


@dataclass(frozen=True, slots=True)
class Range:
    """What the words may name; of each group in ``needs`` they have to name one."""

    knows: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...] = ()


_TICKET = ("category", "place", "tracking")
_TOWN = ("town", "phone")
_FOLLOWED = (("tracking", "link"),)
_MEANT = (("category", "place", "tracking"),)


def _to_a_resident(*more: str) -> Mapping[WordedChannel, Range]:
    """A letter has the link as its button, whatever the words are."""
    return {
        "sms": Range((*_TICKET, *more, "link", *_TOWN), _FOLLOWED),
        "email": Range((*_TICKET, *more, *_TOWN)),
    }


# A call says the keys, a letter has the button and the letterhead, and the level and
# the sender stand before every text, whatever a town words: the templates have it.
RANGES: Mapping[Worded, Mapping[WordedChannel, Range]] = {
    "relay": {
        "sms": Range(
            (*_TICKET, "words", "code", "link", *_TOWN), (("code",), ("place", "link"))
        ),
        # What a caller said is not read out to whoever picks up.
        "voice": Range((*_TICKET, *_TOWN), (("place",),)),
        "email": Range((*_TICKET, "words", *_TOWN), (("place",),)),
    },
    "accepted": {
        "sms": Range((*_TICKET, "code", *_TOWN), _MEANT),
        "voice": Range((*_TICKET, "code", *_TOWN), _MEANT),
    },
    "holder_reminder": _to_a_resident(),
    "resident_opened": _to_a_resident("promise"),
    "resident_promise_late": _to_a_resident(),
    "resident_reopened": _to_a_resident("promise"),
    "resident_merged": _to_a_resident("was"),
    "resident_done": _to_a_resident(),
    "event_ended": {
        "sms": Range(("title", "words", *_TOWN), (("words",),)),
        "email": Range(("title", "words", *_TOWN), (("words",),)),
    },
    "survey_invitation": {
        "sms": Range((*_TICKET, "link", *_TOWN), (("link",),)),
        "email": Range((*_TICKET, *_TOWN)),
    },
}

# Signs at which a value is cut in a text, a call and a subject; a letter has room.
LONGEST: Mapping[str, int] = {
    "category": 30,
    "place": 42,
    "tracking": 15,
    "was": 15,
    "promise": 100,
    "words": 240,
    "title": 60,
    "code": 4,
    "link": 80,
    "town": 30,
    "phone": 20,
}
# Signs with every value at its longest. Twilio refuses a text of more than 1600, and
# asks for ten segments at most; 600 aloud are three quarters of a minute.
MOST: Mapping[WordedChannel, int] = {"sms": 600, "voice": 600, "email": 4000}
# What mail programs still show of a subject is half of that.
MOST_OF_A_SUBJECT = 160


def in_a_subject(knows: Range) -> Range:
    """What a letter's subject may name: all it has room for, and nothing is needed."""
    return Range(tuple(e for e in knows.knows if LONGEST[e] <= MOST_OF_A_SUBJECT))
