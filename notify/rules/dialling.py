"""What an agent's word about a call makes of it, and how long it may be waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from notify.message import AnswerKind
from notify.rules import receipts

# As the trade names what comes of a call that somebody makes by hand.
DialResult = Literal[
    "accepted",
    "declined",
    "no_answer",
    "busy",
    "voicemail_left",
    "voicemail_full",
    "wrong_person",
    "refused",
    "will_call_back",
    "returned_call",
    "invalid_number",
]
# How an agent's hold on a call ends without a word about it.
WORDLESS = frozenset({"released", "lapsed"})

# Script, ringing out and a voicemail take under two minutes; then an agent who has
# said nothing has closed the page or left the desk, and somebody else must dial.
LAPSES = timedelta(minutes=3)
# Level 1 has to be relayed within three minutes: a task that no agent has taken after
# the first of them is red. Urgent has those three; the rest waits for a quiet moment
# at the desk.
TAKE_WITHIN: Mapping[int, timedelta] = {
    1: timedelta(seconds=60),
    2: timedelta(minutes=3),
}
TAKE_WITHIN_OTHERWISE = timedelta(minutes=15)
# Who says that they will ring back is believed for four hours at most.
CALL_BACK_AT_MOST = 240

# What a carrier would have reported of the same call.
_RECEIPTS: Mapping[DialResult, str] = {
    "no_answer": "no_answer",
    "busy": "busy",
    "voicemail_left": receipts.VOICEMAIL,
    "voicemail_full": receipts.VOICEMAIL,
    "invalid_number": "failed",
}

Consequence = Literal[
    "answered",  # a human's word: it counts whatever happened meanwhile
    "failed",  # nothing will come of this rung; the ladder goes on
    "comes_back",  # stays open, and is dialled again when they said
    "noted",  # somebody else has gone on with it: logged, and nothing follows
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What an agent reports of a call.

    ``answer`` is what they said who rang us back; ``minutes`` until when they said
    that they would.
    """

    result: DialResult
    answer: Literal["accept", "decline"] = "accept"
    minutes: int = 10

    @property
    def said(self) -> AnswerKind | None:
        """The answer of a human, if one gave any."""
        match self.result:
            case "accepted":
                return "accept"
            case "declined":
                return "decline"
            case "returned_call":
                return self.answer
            case _:
                return None


def consequence(reported: Reported, *, holds: bool) -> Consequence:
    """``holds`` is over once the claim has lapsed to another, or the relay ended."""
    if reported.said is not None:
        return "answered"
    if not holds:
        return "noted"
    return "comes_back" if reported.result == "will_call_back" else "failed"


def receipt(result: DialResult) -> str:
    """How the attempt stands, in the words of ``receipts``."""
    return _RECEIPTS.get(result, "picked_up")


def has_lapsed(taken_at: datetime, *, at: datetime) -> bool:
    return at >= taken_at + LAPSES


def take_by(level: int, due_at: datetime) -> datetime:
    """When a call that no agent has taken turns red."""
    return due_at + TAKE_WITHIN.get(level, TAKE_WITHIN_OTHERWISE)
