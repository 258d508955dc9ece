"""The addresses that carriers call: signed, kept raw once, answered at once."""

from __future__ import annotations

from notify.web.calls import RelayCallController
from notify.web.door import open_door
from notify.web.letters import LetterController
from notify.web.texts import TextController

ROUTES = (TextController, RelayCallController, LetterController)

__all__ = ["ROUTES", "open_door"]
