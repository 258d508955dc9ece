"""A person's telephone in a test's hands."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import msgspec

from notify.carrier.bench.wire import Wire
from notify.carrier.pages.views import CallView, PhoneView, TextView

WAIT_SECONDS = 20.0


class BenchPhone:
    """One person's telephone."""

    def __init__(self, wire: Wire, number: str) -> None:
        self.number = number
        self._wire = wire
        self._path = f"/phones/{quote(number)}"

    def ring(self, line: str) -> PhoneView:
        """Call one of the account's numbers."""
        return self._act("calls", line=line)

    def answer(self) -> PhoneView:
        return self._act("answer", by="human")

    def let_voicemail_answer(self) -> PhoneView:
        return self._act("answer", by="machine")

    def decline(self) -> PhoneView:
        return self._act("answer", by="busy")

    def let_it_ring_out(self) -> PhoneView:
        return self._act("answer", by="no-answer")

    def press(self, digits: str) -> PhoneView:
        return self._act("keys", digits=digits)

    def say(self, words: str) -> PhoneView:
        return self._act("speech", words=words)

    def stay_silent(self) -> PhoneView:
        """Let the line's wait for a key run out, without the waiting."""
        return self._act("silence")

    def hang_up(self) -> PhoneView:
        return self._act("farewell")

    def text(self, line: str, body: str, *, media: str = "") -> PhoneView:
        """Text one of the account's numbers; returns when its webhook has answered."""
        picture = {"media": media} if media else {}
        return self._act("texts", line=line, body=body, **picture)

    @property
    def view(self) -> PhoneView:
        return self._read(self._wire.ask("GET", self._path))

    @property
    def call(self) -> CallView | None:
        return self.view.call

    @property
    def inbox(self) -> list[TextView]:
        """The texts that arrived, oldest first."""
        return [text for text in self.view.texts if text.to == self.number]

    @property
    def heard(self) -> list[str]:
        """What the line said in the latest call."""
        said = self.call.transcript if self.call else []
        return [utterance.text for utterance in said if utterance.speaker == "line"]

    def wait_until_ringing(self, *, seconds: float = WAIT_SECONDS) -> PhoneView:
        return self._wait("ringing", seconds=seconds)

    def wait_until_listened_to(self, *, seconds: float = WAIT_SECONDS) -> PhoneView:
        """Wait until the line wants keys or words."""
        return self._wait("listening", seconds=seconds)

    def wait_until_connected(self, *, seconds: float = WAIT_SECONDS) -> PhoneView:
        """Wait until others on the line can hear what is said here."""
        return self._wait("connected", seconds=seconds)

    def wait_until_over(self, *, seconds: float = WAIT_SECONDS) -> PhoneView:
        return self._wait("over", seconds=seconds)

    def wait_until_heard(
        self, words: str, *, seconds: float = WAIT_SECONDS
    ) -> PhoneView:
        return self._wait("heard", words, seconds=seconds)

    def wait_for_text(
        self, containing: str = "", *, seconds: float = WAIT_SECONDS
    ) -> TextView:
        """Return the latest text with these words, waiting for it if need be."""
        texts = self._wait("texted", containing, seconds=seconds).texts
        found = [t for t in texts if t.to == self.number and containing in t.body]
        return found[-1]

    def _wait(self, until: str, containing: str = "", *, seconds: float) -> PhoneView:
        query = {"until": until, "containing": containing, "within": seconds}
        return self._read(
            self._wire.ask("GET", f"{self._path}/state?{urlencode(query)}")
        )

    def _act(self, noun: str, **fields: str) -> PhoneView:
        return self._read(self._wire.act(f"{self._path}/{noun}", **fields))

    @staticmethod
    def _read(answer: bytes) -> PhoneView:
        return msgspec.json.decode(answer, type=PhoneView)
