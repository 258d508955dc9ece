"""What cannot be done with a call on the line, and what an agent does instead."""

from __future__ import annotations

from townline.errors import Conflict, Invalid, Problem


class NotOnTheLine(Conflict):
    """You are not on the line with this caller any more; look at the call again."""


class OnAnotherSystem(Conflict):
    """Another telephone system carries this call: hold and transfer it there."""


class CalledAlready(Conflict):
    """That number is being rung for this call already, or is on the line."""


class NobodyToStay(Conflict):
    """Nobody else is on the line yet: the caller would be left alone."""


class NoSuchTarget(Invalid):
    """Choose somebody from the list, or dial a number with its country code."""


class NotConfirmed(Invalid):
    """This number is on no list of the town: tick that it is meant, then dial again."""


class NotDone(Problem):
    """The telephone exchange did not do it; nothing has changed. Try once more."""

    status_code = 503


class NothingToRedial(Conflict):
    """The number is withheld or forgotten, or the caller is still on the line."""


class NotRecorded(Conflict):
    """Nothing of this call is being recorded at this moment."""
