"""Words that a carrier takes for itself, as Twilio's default opt-out does."""

from __future__ import annotations

import unicodedata
from typing import Literal

OptOutType = Literal["STOP", "START", "HELP"]

STOP = frozenset(
    {
        "STOP",
        "STOPALL",
        "UNSUBSCRIBE",
        "CANCEL",
        "END",
        "QUIT",
        "REVOKE",
        "OPTOUT",
        "ARRET",
    }
)
START = frozenset({"START", "UNSTOP"})
HELP = frozenset({"HELP", "INFO", "AIDE"})

REPLIES: dict[OptOutType, str] = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more"
    " messages from this number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number."
    " Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


class OptOuts:
    """Who does not want texts from which of the account's numbers."""

    def __init__(self) -> None:
        self._pairs: set[tuple[str, str]] = set()

    def covers(self, line: str, phone: str) -> bool:
        return (line, phone) in self._pairs

    def hear(self, body: str, *, line: str, phone: str) -> OptOutType | None:
        """Act on the word if the whole text is one, and say which it was."""
        word = _plain(body)
        pair = (line, phone)
        if word in STOP:
            self._pairs.add(pair)
            return "STOP"
        if word in START or (word == "YES" and pair in self._pairs):
            self._pairs.discard(pair)
            return "START"
        return "HELP" if word in HELP else None

    def clear(self) -> None:
        self._pairs.clear()


def _plain(body: str) -> str:
    decomposed = unicodedata.normalize("NFD", body.strip().upper())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
