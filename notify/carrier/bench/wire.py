"""How the bench is asked over HTTP, by a program that may be in any thread."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

REQUEST_SECONDS = 60.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class BenchRefused(Exception):
    """The bench cannot do that now."""


class Wire:
    def __init__(self, base_url: str) -> None:
        address = urlsplit(base_url)
        self._host = address.hostname or "127.0.0.1"
        self._port = address.port or 80

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
