"""Where somebody answers: any number, a SIP address, or their own browser."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session  # accounts belong to no town

from townline.auth.models import Account
from townline.errors import Invalid

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_SIP = re.compile(r"sip:[^\s@<>]+@[^\s@<>]+")


class NoTelephone(Invalid):
    """Give a number with its country code, or an address that begins with sip:."""


def answer_on(session: Session, account_id: UUID, extension: str) -> str:
    """What is rung from now on, as it was understood."""
    chosen = _understood(extension, account_id)
    mine = update(Account).where(Account.id == account_id)
    session.execute(mine.values(extension=chosen))
    return chosen


def _understood(typed: str, account_id: UUID) -> str:
    typed = typed.strip()
    # Nobody answers as somebody else.
    if typed == f"client:{account_id.hex}" or _SIP.fullmatch(typed):
        return typed
    number = re.sub(r"[\s().-]", "", typed)
    if not _NUMBER.fullmatch(number):
        raise NoTelephone
    return number
