"""What can go wrong with a known event that a person can do something about."""

from __future__ import annotations

from townline.errors import Conflict, Invalid


class EventOver(Conflict):
    """This event has ended; open a ticket if it is still there."""


class TitleNeeded(Invalid):
    """Say in a few words what is going on, as an agent reads it at a glance."""


class SentenceNeeded(Invalid):
    """Write the sentence that is read to every caller."""


class AreaUnclear(Invalid):
    """Give a point and how far around it, an area of three corners or more, or none."""


class EndingNeeded(Invalid):
    """Write what everybody who asked is told, in one language at least."""


class EndsBeforeItStarts(Invalid):
    """It cannot be expected to end before it starts."""
