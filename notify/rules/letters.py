"""Reading what SendGrid's inbound parse hands on: whose letter, and what it answers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.parser import HeaderParser
from hashlib import sha256
from typing import Final, Literal

from notify.rules import replies
from notify.rules.replies import Reply

Unusable = Literal["unreadable", "no_address", "automatic", "no_answer", "too_large"]

_ADDRESS: Final = re.compile(r"\+(?P<prefix>[A-Za-z]{3})\.(?P<token>[0-9A-Za-z]+)@")
# RFC 3834: whatever answers by itself says so, and "no" says that a person wrote.
_BY_HAND: Final = frozenset({"", "no"})
# A letter is kept to be looked at, not with all that it quotes.
_KEPT: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingLetter:
    """``mark`` is the same however often the letter is handed on."""

    prefix: str
    token: str
    mark: str
    line: str
    automatic: bool

    @property
    def reply(self) -> Reply:
        return replies.parse(self.line)

    @property
    def unusable(self) -> Unusable | None:
        if self.automatic:
            return "automatic"
        return "no_answer" if self.reply.kind is None else None


def fields(body: bytes, content_type: str) -> dict[str, str]:
    """The form's fields, each in the character set that the letter was written in."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    raw: dict[str, bytes] = {}
    for part in message_from_bytes(head + body).walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            raw[name] = content
    charsets = _charsets(raw.get("charsets", b""))
    return {
        name: _decoded(content, charsets.get(name, "utf-8"))
        for name, content in raw.items()
    }


def read(letter: Mapping[str, str]) -> IncomingLetter | None:
    """None for a letter to an address that we never gave out."""
    found = _ADDRESS.search(letter.get("to", "")) or _ADDRESS.search(
        letter.get("envelope", "")
    )
    if found is None:
        return None
    headers = HeaderParser().parsestr(letter.get("headers", ""))
    name = headers.get("Message-ID") or sorted(letter.items())
    submitted = str(headers.get("Auto-Submitted", "")).partition(";")[0]
    return IncomingLetter(
        prefix=found["prefix"].upper(),
        token=found["token"].lower(),
        mark=sha256(f"{found[0]} {name}".encode()).hexdigest(),
        line=first_line(letter.get("text", "")),
        automatic=submitted.strip().lower() not in _BY_HAND,
    )


def first_line(letter: str) -> str:
    """What they wrote above the letter that they answer."""
    return next((line.strip() for line in letter.splitlines() if line.strip()), "")


def worth_keeping(letter: Mapping[str, str]) -> dict[str, str]:
    """Without NUL, which the database cannot hold."""
    names = ("to", "from", "subject", "text", "headers")
    return {
        name: letter[name].replace("\0", "")[:_KEPT] for name in names if name in letter
    }


def _charsets(told: bytes) -> dict[str, str]:
    try:
        found = json.loads(told)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except (LookupError, TypeError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")
