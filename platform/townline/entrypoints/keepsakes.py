"""Secrets of a demonstration: made once, kept in its folder, read by nobody else."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex, token_urlsafe

import msgspec

from notify.carrier.signing import generate_signing_key, public_key_of


class Keepsakes(msgspec.Struct, frozen=True):
    secret: str
    account_sid: str
    auth_token: str
    sendgrid_key: str
    signing_key: str
    webhook_key: str


def keepsakes(path: Path) -> Keepsakes:
    """Read them, or make them; a demonstration's links live as long as its data."""
    if path.exists():
        return msgspec.json.decode(path.read_bytes(), type=Keepsakes)
    signing_key = generate_signing_key()
    made = Keepsakes(
        secret=token_urlsafe(48),
        account_sid=f"AC{token_hex(16)}",
        auth_token=token_hex(16),
        sendgrid_key=f"SG.{token_urlsafe(16)}.{token_urlsafe(32)}",
        signing_key=signing_key,
        webhook_key=public_key_of(signing_key),
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(made))
    return made
