"""What a message would say, without promising it to anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from notify import links, rendering
from notify.message import Message
from notify.rules import codes, texts
from tenants.town import Town

# Of a real link's length, so that the segments are counted as the carrier will.
TOKEN = links.ALPHABET[: links.LENGTH]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """``segments`` is 0 for whatever is no text."""

    body: str
    subject: str
    segments: int


def rehearse(
    message: Message, town: Town, *, public_url: str, number: int = 0
) -> Rehearsed:
    """The words of it, with the code that the phone's ``number``-th ticket gets."""
    code = _code(number) if message.code and message.channel in {"sms", "voice"} else ""
    head = rendering.letterhead(
        town,
        language=message.to.language,
        name=message.to.name,
        level=message.level,
        public_url=public_url,
    )
    link = links.address(public_url, town.prefix, TOKEN)
    head = replace(head, code=code, link=link)
    words = rendering.compose(message.template, message.channel, message.context, head)
    body = words.body
    if message.channel != "sms":
        return Rehearsed(body, words.subject, 0)
    if TOKEN not in body:
        body = f"{body} #{TOKEN[: links.MARK]}"
    return Rehearsed(body, "", texts.segments(body))


def _code(number: int) -> str:
    taken: set[str] = set()
    for _ in range(number):
        taken.add(codes.next_code(taken) or "")
    return codes.next_code(taken) or ""
