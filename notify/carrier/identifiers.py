"""Identifiers in the shape that the real carriers give them."""

from __future__ import annotations

import secrets
from uuid import uuid4


def new_sid(prefix: str) -> str:
    """Return a Twilio sid: two letters and 32 hexadecimal digits."""
    return f"{prefix}{secrets.token_hex(16)}"


def new_token() -> str:
    """Return what names one event through all its redeliveries."""
    return str(uuid4())


def new_letter_id() -> str:
    """Return an X-Message-Id: 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)
