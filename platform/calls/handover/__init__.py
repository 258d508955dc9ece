"""The desk from one shift to the next: what stands, and who has signed for it."""

from __future__ import annotations

from calls.handover.errors import EmptyNote, SameHands, TakenOver
from calls.handover.models import Handover, HandoverNote
from calls.handover.queries import notes, of_shift, past, unsigned
from calls.handover.rules import Changes, changes
from calls.handover.service import leave_note, sign_in, sign_out

__all__ = [
    "Changes",
    "EmptyNote",
    "Handover",
    "HandoverNote",
    "SameHands",
    "TakenOver",
    "changes",
    "leave_note",
    "notes",
    "of_shift",
    "past",
    "sign_in",
    "sign_out",
    "unsigned",
]
