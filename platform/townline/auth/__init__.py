"""Who is at the keyboard, and which towns they may see in which role.

``rules`` says what a role may do, ``service`` opens and ends sessions.
"""

from __future__ import annotations

from townline.auth.models import Account, Role
from townline.auth.rules import Person
from townline.auth.service import (
    account_of,
    change_password,
    grant,
    log_in,
    log_out,
    managers,
    open_account,
    revoke,
    whoever_holds,
)

__all__ = [
    "Account",
    "Person",
    "Role",
    "account_of",
    "change_password",
    "grant",
    "log_in",
    "log_out",
    "managers",
    "open_account",
    "revoke",
    "whoever_holds",
]
