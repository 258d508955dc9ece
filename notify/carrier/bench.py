"""The bench from a program: pick up a telephone, press keys, read mail, break things.

    crew = carrier.bench.phone("+13125550142")
    crew.answer()
    crew.press("1")
    crew.wait_until_heard("It is yours")

Nothing here sleeps: each step waits in the carrier until the line is ready for it.
"""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from notify.carrier.faults import Fault, FaultKind, FaultOrder
from notify.carrier.oracle import Channel, Entry
from notify.carrier.pages.views import CallView, LetterView, PhoneView, TextView

REQUEST_SECONDS = 60.0
WAIT_SECONDS = 5.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class BenchRefused(Exception):
    """The bench cannot do that now."""


class Bench:
    def __init__(self, base_url: str) -> None:
        address = urlsplit(base_url)
        self._host = address.hostname or "127.0.0.1"
        self._port = address.port or 80

    def phone(self, number: str) -> BenchPhone:
        return BenchPhone(self, number)

    def mailbox(self, address: str) -> BenchMailbox:
        return BenchMailbox(self, address)

    def fault(
        self,
        kind: FaultKind,
        *,
        channel: Channel | None = None,
        number: str = "",
        count: int | None = None,
        code: int | None = None,
        seconds: float = 5.0,
    ) -> Fault:
        """Set a fault: for everybody and until it is cleared, unless said otherwise."""
        order = FaultOrder(
            kind=kind,
            channel=channel,
            number=number,
            count=count,
            code=code,
            seconds=seconds,
        )
        answer = self.ask("POST", "/faults", msgspec.json.encode(order), media=JSON)
        return msgspec.json.decode(answer, type=Fault)

    def clear_faults(self) -> None:
        self.ask("DELETE", "/faults")

    def log(self, since: int = 0) -> list[Entry]:
        """Return the carrier's own account, from after an entry's number."""
        answer = self.ask("GET", f"/oracle/log?since={since}")
        return msgspec.json.decode(answer, type=list[Entry])

    def reset(self) -> None:
        self.ask("POST", "/oracle/reset")

    def act(self, path: str, **fields: str) -> bytes:
        return self.ask("POST", path, urlencode(fields).encode())

    def ask(
        self, method: str, path: str, body: bytes = b"", *, media: str = FORM
    ) -> bytes:
        line = HTTPConnection(self._host, self._port, timeout=REQUEST_SECONDS)
        try:
            headers = {"Accept": JSON, "Content-Type": media}
            line.request(method, path, body or None, headers)
            response = line.getresponse()
            answer = response.read()
        finally:
            line.close()
        if response.status >= 400:
            raise BenchRefused(answer.decode())
        return answer


class BenchPhone:
    """One person's telephone."""

    def __init__(self, bench: Bench, number: str) -> None:
        self.number = number
        self._bench = bench
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
        return self._read(self._bench.ask("GET", self._path))

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
            self._bench.ask("GET", f"{self._path}/state?{urlencode(query)}")
        )

    def _act(self, noun: str, **fields: str) -> PhoneView:
        return self._read(self._bench.act(f"{self._path}/{noun}", **fields))

    @staticmethod
    def _read(answer: bytes) -> PhoneView:
        return msgspec.json.decode(answer, type=PhoneView)


class BenchMailbox:
    """One person's mail."""

    def __init__(self, bench: Bench, address: str) -> None:
        self.address = address
        self._bench = bench
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
        answer = self._bench.act(
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
        answer = self._bench.ask("GET", self._path + query)
        return msgspec.json.decode(answer, type=list[LetterView])
