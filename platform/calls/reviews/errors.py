"""Why a sheet cannot be filled in, or answered."""

from __future__ import annotations

from townline.errors import Conflict, Forbidden, Invalid


class OwnCall(Forbidden):
    """Nobody reviews their own calls."""


class NotDrawn(Conflict):
    """This call was not drawn for review; only drawn calls are fair to compare."""


class AlreadyReviewed(Conflict):
    """Somebody has reviewed this call already, or its agent has answered."""


class NotYourReview(Forbidden):
    """Only the agent who took the call answers its review."""


class EmptyAnswer(Invalid):
    """Write what you have to say to the review."""
