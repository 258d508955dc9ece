"""The verbs of an agent who has somebody on the line, and what they may refuse."""

from __future__ import annotations

from calls.legs.errors import (
    CalledAlready,
    NobodyToStay,
    NoSuchTarget,
    NotConfirmed,
    NotDone,
    NothingToRedial,
    NotOnTheLine,
    NotRecorded,
    OnAnotherSystem,
)
from calls.legs.hands import Hand
from calls.legs.holding import hold, resume
from calls.legs.models import Leg
from calls.legs.parties import add, drop, part, pass_on, redial, step_out
from calls.legs.service import Target, of_call
from calls.legs.targets import target_of, targets
from calls.models import TWILIO
from calls.recordings.models import Recording
from calls.recordings.service import forget_due, listen, pause, resume_recording
from calls.recordings.service import of_call as recordings_of

__all__ = [
    "TWILIO",
    "CalledAlready",
    "Hand",
    "Leg",
    "NoSuchTarget",
    "NobodyToStay",
    "NotConfirmed",
    "NotDone",
    "NotOnTheLine",
    "NotRecorded",
    "NothingToRedial",
    "OnAnotherSystem",
    "Recording",
    "Target",
    "add",
    "drop",
    "forget_due",
    "hold",
    "listen",
    "of_call",
    "part",
    "pass_on",
    "pause",
    "recordings_of",
    "redial",
    "resume",
    "resume_recording",
    "step_out",
    "target_of",
    "targets",
]
