"""What can go wrong with a call back that an agent can do something about."""

from __future__ import annotations

from calls.errors import CallAlreadyTaken
from townline.errors import Conflict, Invalid


class CallBackTaken(CallAlreadyTaken):
    """Somebody else is ringing this number."""


class CallBackDone(Conflict):
    """This number has been called back already."""


class NobodyToRing(Invalid):
    """This caller's number was withheld; there is only the message to hear."""
