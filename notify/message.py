"""What others hand to this capability, and what it hands back to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

Channel = Literal["sms", "voice", "email", "agent"]
Purpose = Literal["relay", "news", "reminder", "survey", "notice", "test"]
RecipientKind = Literal["contact", "resident", "town"]
AnswerKind = Literal["accept", "decline", "on_the_way", "on_site", "done"]
# Why a message waits: for more to the same person, its turn, the morning, the hour.
HeldFor = Literal["", "gather", "throttle", "quiet", "digest"]
Via = Literal["sms", "voice", "email", "link", "agent"]

EMERGENCY_LANE, COMMON_LANE = 1, 2
# What an agent dials by hand: no pump ever claims this lane.
DESK_LANE = 3


@dataclass(frozen=True, slots=True)
class Recipient:
    """``key`` is the contact's in the town's file, or whatever names a resident."""

    kind: RecipientKind
    key: str
    name: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to say to one person; the same ``key`` again is the same promise.

    ``context`` must be JSON; ``notify.samples`` shows what each template reads.
    ``held_for`` says why it is not due at once: by quiet hours, or as part of a digest,
    which is one message of all that are due to one person then.
    """

    key: str
    to: Recipient
    channel: Channel
    destination: str
    purpose: Purpose
    template: str
    subject_id: UUID
    level: int
    due_at: datetime
    context: Mapping[str, Any] = field(default_factory=dict)
    group: UUID | None = None
    epoch: int = 0
    expires_at: datetime | None = None
    code: bool = False
    held_for: HeldFor = ""

    @property
    def lane(self) -> int:
        if self.channel == "agent":
            return DESK_LANE
        return EMERGENCY_LANE if self.level == 1 else COMMON_LANE


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a human said; ``note`` is what they added to it."""

    kind: AnswerKind
    via: Via
    name: str
    note: str = ""
