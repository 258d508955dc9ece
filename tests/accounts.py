"""Accounts whose passwords are hashed as ever, and at the least cost there is.

A hash carries its own costs, so that signing in is the product's to the letter; only
the guessing, which a real password makes slow on purpose, is quick. What new passwords
cost is told in ``tests/kernel/test_auth.py``.
"""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from sqlalchemy.orm import Session

from townline.auth import Account


def quickly_opened(
    session: Session,
    email: str,
    *,
    name: str,
    password: str,
    language: str | None = None,
    extension: str | None = None,
) -> Account:
    """As ``auth.open_account`` does it, in a thousandth of the time."""
    account = Account(
        email=email,
        name=name,
        password=_hashed(password),
        language=language,
        extension=extension,
    )
    session.add(account)
    session.flush()
    return account


@cache
def _hashed(password: str) -> str:
    return PasswordHasher.from_parameters(CHEAPEST).hash(password)
