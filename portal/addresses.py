"""Where somebody is sent on to after signing in: only ever to a page of ours."""

from __future__ import annotations

from urllib.parse import urlsplit


def ours(address: str) -> str:
    """Only paths of this site: nobody is sent elsewhere by a forged link."""
    parts = urlsplit(address)
    foreign = parts.scheme or parts.netloc or "\\" in address
    return "/" if foreign or not address.startswith("/") else address
