"""Who wants to hear what people answered, and what could not be said to them.

This capability knows neither runs nor surveys: entrypoints enter the listeners.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from notify.message import Answer, Purpose
from notify.models import Notification
from townline.tenancy import TenantSession


class Listener(Protocol):
    """Both are called inside the transaction that keeps the fact itself."""

    def answered(
        self,
        db: TenantSession,
        notification: Notification,
        answer: Answer,
        *,
        at: datetime,
    ) -> str:
        """Act on the answer; return the sentence to say back.

        It is said in the language that ``townline.i18n`` speaks during the call,
        which is the recipient's.
        """
        ...

    def failed(
        self, db: TenantSession, notification: Notification, why: str, *, at: datetime
    ) -> None:
        """Nobody can be reached this way; a ladder may go on at once.

        Level 1 hears of an ambiguity the same way (``why`` is ``ambiguous``), and
        may hear ``failed`` more than once for one notification.
        """
        ...


class Stranger(Protocol):
    """Takes texts from people who are not being asked anything."""

    def wrote(
        self, db: TenantSession, *, ours: str, theirs: str, body: str, at: datetime
    ) -> str | None:
        """What to write back, or None to leave it to the next."""
        ...


LISTENERS: dict[Purpose, Listener] = {}
STRANGERS: list[Stranger] = []
