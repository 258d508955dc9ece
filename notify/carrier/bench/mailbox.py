"""A person's mailbox in a test's hands."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import msgspec

from notify.carrier.bench.wire import BenchRefused, Wire
from notify.carrier.pages.views import LetterView

WAIT_SECONDS = 20.0


class BenchMailbox:
    """One person's mail."""

    def __init__(self, wire: Wire, address: str) -> None:
        self.address = address
        self._wire = wire
        self._path = f"/mail/{quote(address)}"

    @property
    def letters(self) -> list[LetterView]:
        """What was received and written, oldest first."""
        return self._read("")

    def wait_for_letter(
        self, containing: str = "", *, seconds: float = WAIT_SECONDS
    ) -> LetterView:
        """Return the latest letter with these words, waiting for it if need be."""
        query = urlencode({"containing": containing, "within": seconds})
        found = [
            letter
            for letter in self._read(f"?{query}")
            if containing in f"{letter.subject}\n{letter.text}\n{letter.html}"
        ]
        if not found:
            raise BenchRefused(f"{self.address} has no letter with “{containing}”.")
        return found[-1]

    def write(
        self, to: str, *, subject: str, text: str, in_reply_to: str = ""
    ) -> LetterView:
        answer = self._wire.act(
            f"{self._path}/letters",
            to=to,
            subject=subject,
            text=text,
            in_reply_to=in_reply_to,
        )
        return msgspec.json.decode(answer, type=LetterView)

    def reply(self, letter: LetterView, text: str) -> LetterView:
        return self.write(
            letter.reply_to,
            subject=f"Re: {letter.subject}",
            text=text,
            in_reply_to=letter.message_id,
        )

    def _read(self, query: str) -> list[LetterView]:
        answer = self._wire.ask("GET", self._path + query)
        return msgspec.json.decode(answer, type=list[LetterView])
