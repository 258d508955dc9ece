"""A ticket's history as sentences: the log, told in its own order, with nothing left
out. What a machine says is never told as if a person had said it.
"""

from __future__ import annotations

from portal.town.story.beats import About, Beat, Row
from portal.town.story.teller import tell

__all__ = ["About", "Beat", "Row", "tell"]
