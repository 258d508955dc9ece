"""A town's web server, as the carrier sees it: it notes what it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

WAIT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """One request of the carrier's."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def fields(self) -> dict[str, str]:
        encoded = self.body.decode() or urlsplit(self.url).query
        return dict(parse_qsl(encoded, keep_blank_values=True))

    @property
    def token(self) -> str:
        return self.headers["i-twilio-idempotency-token"]


@dataclass(slots=True)
class Town:
    base_url: str = ""
    _told: list[Told] = field(default_factory=list)
    _answers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def url(self, path: str) -> str:
        return self.base_url + path

    def answers(self, path: str, *documents: str) -> str:
        """Answer with these documents in turn, the last one for ever."""
        self._answers[path] = [(200, _twiml(document)) for document in documents]
        return self.url(path)

    def fails(self, path: str, *statuses: int) -> str:
        self._answers[path] = [(status, "") for status in (*statuses, 200)]
        return self.url(path)

    def told(self, path: str, count: int = 1) -> list[Told]:
        """Wait until an address has been told so often, and return all it was told."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._at(path)) >= count, WAIT_SECONDS)
            found = self._at(path)
        assert len(found) >= count, f"{path} was told {len(found)} times, not {count}"
        return found

    def forget(self) -> None:
        with self._changed:
            self._told.clear()
            self._answers.clear()

    def take(self, told: Told) -> tuple[int, str]:
        with self._changed:
            self._told.append(told)
            self._changed.notify_all()
            waiting = self._answers.get(told.path, [(200, "")])
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def _at(self, path: str) -> list[Told]:
        return [told for told in self._told if told.path == path]


@contextmanager
def running_town() -> Iterator[Town]:
    town = Town()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): text for name, text in self.headers.items()}
            body = self.rfile.read(length)
            url = town.url(self.path)
            status, document = town.take(Told(self.command, url, headers, body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(document.encode())

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Say nothing: the test looks at what was told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    town.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield town
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _twiml(document: str) -> str:
    return f"<Response>{document}</Response>"
