"""Addresses: where somebody is sent on to, and where somebody is written to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Whether it can be written to at all; whether it is theirs, the letter shows.
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def ours(address: str) -> str:
    """Only paths of this site: nobody is sent elsewhere by a forged link."""
    parts = urlsplit(address)
    foreign = parts.scheme or parts.netloc or "\\" in address
    return "/" if foreign or not address.startswith("/") else address
