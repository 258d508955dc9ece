"""A telephone or an address is confirmed by a code that was sent to it.

``rules`` says which code opens what; ``service`` makes one and hears it back. Sending
is left to whoever asks, and so is what becomes of a destination that is confirmed.
"""

from __future__ import annotations

from tenants.confirming.models import DestinationCode
from tenants.confirming.rules import LASTS, TRIES, Verdict
from tenants.confirming.service import Fresh, TooManyCodes, hear, latest, make

__all__ = [
    "LASTS",
    "TRIES",
    "DestinationCode",
    "Fresh",
    "TooManyCodes",
    "Verdict",
    "hear",
    "latest",
    "make",
]
