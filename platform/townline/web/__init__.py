"""What every page and hook shares: who asks, in which language, and how no is said."""

from __future__ import annotations

from townline.web.access import person_signed_in, town_of
from townline.web.envelope import Envelope
from townline.web.pages import page

__all__ = [
    "Envelope",
    "page",
    "person_signed_in",
    "town_of",
]
