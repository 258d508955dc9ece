"""How the pages write numbers, hours and what people were told."""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup, escape

from notify.carrier.numbering import national

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def linked(text: str) -> Markup:
    """Make the addresses in a text something to press."""
    shown = Markup()
    rest = 0
    for found in LINK.finditer(text):
        shown += escape(text[rest : found.start()])
        shown += Markup('<a href="{0}" target="_blank" rel="noopener">{0}</a>').format(
            found.group()
        )
        rest = found.end()
    return shown + escape(text[rest:])


def hour(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M:%S")


def words(kind: str) -> str:
    """Write a name of the programs as people read it."""
    return kind.replace("_", " ").replace("-", " ")


FILTERS = {"linked": linked, "hour": hour, "national": national, "words": words}
