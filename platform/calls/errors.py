"""What can go wrong with a call that an agent can do something about."""

from __future__ import annotations

from townline.errors import Conflict, Forbidden, Invalid, Problem


class CallAlreadyTaken(Conflict):
    """Somebody else has taken this call; the next one is waiting for you."""


class CallerHungUp(Conflict):
    """The caller has hung up; the number is kept among the missed calls."""


class NobodyWaits(Conflict):
    """Nobody is waiting any more; somebody else was quicker, or the caller hung up."""


class NoExtension(Conflict):
    """Set the phone you answer on in your own settings, then take the call again."""


class NotPutThrough(Problem):
    """The telephone exchange does not answer; the call is back in the queue."""

    status_code = 503


class AlreadyWrappedUp(Conflict):
    """This call has its disposition already; what was chosen first stands."""


class NobodyToFlag(Conflict):
    """The number was withheld or forgotten: there is nobody to flag."""


class FlagRefused(Forbidden):
    """A flag this long, or for every town, is for a supervisor to set, renew or end."""


class AnnouncementRefused(Invalid):
    """An announcement needs words, and an end that is still to come."""


class AlreadyMoved(Conflict):
    """This call has gone to another town already; go on with it there."""
