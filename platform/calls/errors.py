"""What can go wrong with a call that an agent can do something about."""

from __future__ import annotations

from townline.errors import Conflict, Problem


class CallAlreadyTaken(Conflict):
    """Somebody else has taken this call; the next one is waiting for you."""


class CallerHungUp(Conflict):
    """The caller has hung up; the number is kept among the missed calls."""


class NoExtension(Conflict):
    """Set the phone you answer on in your own settings, then take the call again."""


class NotPutThrough(Problem):
    """The telephone exchange does not answer; the call is back in the queue."""

    status_code = 503


class AlreadyWrappedUp(Conflict):
    """This call has its disposition already; what was chosen first stands."""
