"""Telephone numbers as residents say them, kept as the world writes them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


def normalised(said: str, *, country: str) -> str | None:
    """``said`` in E.164, read as in ``country``; None if no phone has that number."""
    try:
        number = phonenumbers.parse(said, country)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
