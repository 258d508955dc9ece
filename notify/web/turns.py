"""A turn of a call: what it was about rides in the address, so that none of it is lost.

While the database is slow or a lock is held, the line is asked for a moment and led to
the same turn again, with the key that was pressed; after the last one, to the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from notify import phrases
from notify.channels import twiml
from notify.service.events import Report, Source
from notify.web.callers import Callback, NotKept
from notify.web.patience import ON_THE_LINE
from townline.i18n import speaking

# Two seconds each, and a breath between them: nobody waits longer on an open line.
MOST_TURNS = 5
DESK = "/hooks/twilio/voice/crew/desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """``key`` stays the same in every turn: it is one press, however often told."""

    callback: Callback
    digit: str
    key: str
    number: int
    language: str

    @classmethod
    def of(cls, callback: Callback) -> Turn:
        asked = callback.query
        return cls(
            callback=callback,
            digit=asked.get("digit") or callback.form.get("Digits", ""),
            key=asked.get("press") or callback.key,
            number=int(asked.get("turn", "1")),
            language=asked.get("language", "en"),
        )

    async def pressed(self, source: Source, **facts: str) -> str | None:
        """What to say back to the key; nothing to say it all again; None for later."""
        form = {**self.callback.form, **facts, "Digits": self.digit}
        report = Report(
            source=source,
            key=f"{source}:{self.key}",
            attempt_id=self.callback.attempt_id,
            payload=form,
        )
        try:
            return await self.callback.settle(report, ON_THE_LINE)
        except NotKept:
            return None

    def again(self, **facts: str) -> str:
        """Ask for a moment, and come back with all that was said."""
        with speaking(self.language):
            if self.number >= MOST_TURNS:
                return self._to_the_desk()
            asked = {
                **self.callback.query,
                **facts,
                "turn": str(self.number + 1),
                "language": self.language,
            }
            if self.digit:
                asked |= {"digit": self.digit, "press": self.key}
            address = f"{self.callback.path}?{urlencode(asked)}"
            return twiml.lead_to(
                address, words=phrases.one_moment(), language=self.language
            )

    def _to_the_desk(self) -> str:
        """In a call of ours the town is known by the address, in theirs by the line."""
        where = f"{DESK}/{self.callback.prefix}" if self.callback.prefix else DESK
        address = f"{where}?language={self.language}"
        words = phrases.to_the_desk()
        return twiml.lead_to(address, words=words, language=self.language)
