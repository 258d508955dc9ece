"""A person's letter as SendGrid's inbound parse hands it on."""

from __future__ import annotations

import json
from email.utils import format_datetime
from uuid import uuid4

from notify.carrier.mail.letters import Letter


def inbound_form(letter: Letter) -> tuple[bytes, str]:
    """Return a multipart form and its content type."""
    boundary = uuid4().hex
    lines: list[str] = []
    for name, text in _fields(letter).items():
        lines += [
            f"--{boundary}",
            f'Content-Disposition: form-data; name="{name}"',
            "",
            text,
        ]
    lines += [f"--{boundary}--", ""]
    body = "\r\n".join(lines).encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _fields(letter: Letter) -> dict[str, str]:
    sender = (
        f"{letter.sender_name} <{letter.sender}>"
        if letter.sender_name
        else letter.sender
    )
    fields = {
        "headers": _headers(letter, sender),
        "dkim": "{@" + letter.sender.rpartition("@")[2] + " : pass}",
        "to": letter.to,
        "from": sender,
        "subject": letter.subject_line,
        "text": letter.text,
        "html": letter.html,
        "sender_ip": "127.0.0.1",
        "envelope": json.dumps({"to": [letter.to], "from": letter.sender}),
        "attachments": "0",
        "charsets": json.dumps(dict.fromkeys(_CHARSET_FIELDS, "UTF-8")),
        "SPF": "pass",
        "spam_score": "0.1",
    }
    return {name: text for name, text in fields.items() if text}


_CHARSET_FIELDS = ("to", "from", "subject", "text", "html")


def _headers(letter: Letter, sender: str) -> str:
    headers = {
        "From": sender,
        "To": letter.to,
        "Subject": letter.subject_line,
        "Date": format_datetime(letter.at),
        "Message-ID": letter.message_id,
        **letter.headers,
    }
    return "".join(f"{name}: {text}\n" for name, text in headers.items())
