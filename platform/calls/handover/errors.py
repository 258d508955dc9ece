"""Why a handover cannot be signed."""

from __future__ import annotations

from townline.errors import Conflict, Invalid


class SameHands(Conflict):
    """You signed this desk over yourself; somebody else takes it."""


class TakenOver(Conflict):
    """Somebody else has taken this desk over already."""


class EmptyNote(Invalid):
    """Write what the next shift should know."""
