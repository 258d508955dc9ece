"""Letters through a plain SMTP server, and what its answers mean."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest

from notify.channels import DeliveryFailed, Parcel
from notify.channels.smtp_mail import SmtpMail
from notify.rules.outcomes import FailureKind
from tests.notify.cast import NIGHT
from townline.settings import Smtp

LETTER = Parcel(
    tenant_id=UUID(int=1),
    prefix="RIV",
    notification_id=UUID(int=2),
    attempt_id=UUID(int=3),
    lease=1,
    channel="email",
    provider="smtp",
    ours="relay@townline.example",
    theirs="ana.ruiz@riverton.example",
    subject="RIV level 1: Water Main Break",
    body="Level 1: Water Main Break",
    html="<p>Level 1</p>",
    token="bcdfghjkmnpq",
    intended_at=NIGHT,
    sender_name="City of Riverton",
)


@dataclass(slots=True)
class Postmaster:
    """A server that takes one letter, or answers its addressee with ``refusal``.

    Without an answer to the letter's end it hangs up.
    """

    refusal: str = ""
    silent: bool = False
    lines: list[str] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            self.lines.append(line)
            if line == "DATA":
                writer.write(b"354 go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                self.lines += letter.decode().splitlines()
            if line == "QUIT" or (line == "DATA" and self.silent):
                break
            reply = self.refusal if line.startswith("RCPT") else ""
            writer.write(f"{reply or '250 fine'}\r\n".encode())
        writer.close()
        await writer.wait_closed()
        self.ended.set()


def test_a_letter_is_handed_over_whole() -> None:
    postmaster = Postmaster()

    taken = post(postmaster)

    assert taken == "<00000000-0000-0000-0000-000000000003@townline.example>"
    assert "From: City of Riverton <relay@townline.example>" in postmaster.lines
    assert "Level 1: Water Main Break" in postmaster.lines
    assert "<p>Level 1</p>" in postmaster.lines


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        pytest.param("450 busy", "retry", id="later"),
        pytest.param("550 nobody here", "fix_contact", id="no such mailbox"),
        pytest.param("554 blocked", "other_channel", id="not from us"),
        pytest.param("421 closing", "other_sender", id="going down"),
    ],
)
def test_a_refusal_says_what_to_do(refusal: str, kind: FailureKind) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        post(Postmaster(refusal=refusal))

    assert failure.value.kind == kind


def test_a_line_that_goes_dead_after_the_letter_leaves_it_in_doubt() -> None:
    with pytest.raises(DeliveryFailed) as failure:
        post(Postmaster(silent=True))

    assert failure.value.kind == "ambiguous"


def test_a_conversation_that_takes_too_long_leaves_the_letter_in_doubt() -> None:
    there = Smtp(host="127.0.0.1", port=1, security="none")
    mail = SmtpMail(there, within=timedelta(0))

    with pytest.raises(DeliveryFailed) as failure:
        asyncio.run(mail.deliver(LETTER))

    assert failure.value.kind == "ambiguous"


def test_a_server_that_is_not_there_leaves_the_letter_to_the_other() -> None:
    mail = SmtpMail(Smtp(host="127.0.0.1", port=1, security="none"))

    with pytest.raises(DeliveryFailed) as failure:
        asyncio.run(mail.deliver(LETTER))

    assert failure.value.kind == "other_sender"


def post(postmaster: Postmaster) -> str:
    async def deliver() -> str:
        server = await asyncio.start_server(postmaster.serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            there = Smtp(host="127.0.0.1", port=port, security="none")
            try:
                return await SmtpMail(there).deliver(LETTER)
            finally:
                await asyncio.wait_for(postmaster.ended.wait(), 5)

    return asyncio.run(deliver())
