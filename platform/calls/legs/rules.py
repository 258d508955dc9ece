"""What follows from who is on the line: a state for each, and an end for the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

State = Literal["asked", "ringing", "joined", "over"]
After = Literal["goodbye", "passed on", "back in line"]
# Of two on a line each needs the other; of three nobody needs any one.
PAIR = 2
# How the exchange says that a telephone was never lifted.
UNREACHED = ("busy", "no-answer", "failed", "canceled")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one leg. Reports come late, twice, and in any order."""

    sid: str | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    outcome: str | None = None

    @property
    def state(self) -> State:
        if self.left_at:
            return "over"
        if self.joined_at:
            return "joined"
        return "ringing" if self.sid else "asked"


def rang(facts: Facts, sid: str) -> Facts:
    """The exchange has given it a name; a name once known does not change."""
    return replace(facts, sid=facts.sid or sid)


def joined(facts: Facts, sid: str, *, at: datetime) -> Facts:
    """Whoever is over stays over, and a second telephone does not take the place."""
    if facts.state in {"joined", "over"}:
        return facts
    return replace(facts, sid=sid, joined_at=at)


def left(facts: Facts, outcome: str, *, at: datetime) -> Facts:
    if facts.state == "over":
        return facts
    return replace(facts, left_at=at, outcome=_how(facts, outcome))


def dismissed(facts: Facts) -> Facts:
    """The agent wants them gone: known before they are, so that it is told so."""
    return facts if facts.state == "over" else replace(facts, outcome="dropped")


def kept(facts: Facts) -> Facts:
    """The exchange did not do it: they are on the line still."""
    return facts if facts.state == "over" else replace(facts, outcome=None)


def may_enter(facts: Facts, sid: str) -> bool:
    """Whether this telephone is the one whose place it is."""
    if facts.state == "joined":
        return facts.sid == sid
    return facts.state != "over"


def ends_with_any(present: int) -> bool:
    """Whether the room ends when somebody leaves: nobody is left alone in silence."""
    return present <= PAIR


def after_room(*, accounted_for: bool, kinds: Sequence[str]) -> After:
    """What the caller hears when the room has ended and they are on the line still.

    ``kinds`` are who joined it, in the order in which they left it.
    """
    if accounted_for:
        return "goodbye"
    if kinds and kinds[-1] != "agent":
        return "passed on"
    return "back in line"


def _how(facts: Facts, outcome: str) -> str:
    if facts.outcome == "dropped":
        return "dropped"
    if facts.joined_at:
        return "left"
    return outcome if outcome in UNREACHED else "canceled"
