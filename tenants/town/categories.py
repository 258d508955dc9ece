"""What a resident can ask for, what is asked in return, and what is promised."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tenants.town.fields import Hours, Key, Kind, Level
from tenants.town.parts import Part, Text


class Choice(Part, frozen=True, kw_only=True):
    """One answer; it may raise the level, or stop with what ``say`` tells of 911."""

    key: Key
    label: Text
    raises_to: Level | None = None
    stops: Literal["911"] | None = None
    say: Text = Text()


class ShownIf(Part, frozen=True, kw_only=True):
    """Another question of the protocol, and the answers to it that show this one."""

    question: Key
    answers: Annotated[tuple[Key, ...], Meta(min_length=1)]


class Question(Part, frozen=True, kw_only=True):
    """One sentence of a protocol, read aloud, and the type of its answer."""

    key: Key
    ask: Text
    type: Literal["choice", "text", "number"] = "choice"
    choices: tuple[Choice, ...] = ()
    required: bool = False
    shown_if: ShownIf | None = None


class Promise(Part, frozen=True, kw_only=True):
    """What the caller is told; ``{due}`` in ``say`` is the promised time, spoken."""

    hours: Hours
    clock: Literal["elapsed", "business"] = "elapsed"
    say: Text


class FollowUps(Part, frozen=True, kw_only=True):
    """When an open ticket is taken up again, in hours; None means never."""

    remind_holder_after: Hours | None = None
    tell_resident_before: Hours | None = None
    call_back_after: Hours | None = None


class Category(Part, frozen=True, kw_only=True):
    """A service a resident can ask for (Open311 service; ``key`` is service_code)."""

    key: Key
    name: Text
    kind: Kind
    department: Key
    level: Level
    promise: Promise
    synonyms: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    proof: Literal["none", "note", "photo"] = "none"
    follow_ups: FollowUps = FollowUps()
    survey: bool = True
    public: bool = True
