"""Texts that people send: brought to the account, and its answers brought back."""

from __future__ import annotations

from collections.abc import Iterator

from notify.carrier import twiml
from notify.carrier.numbering import country
from notify.carrier.plant import Plant
from notify.carrier.receipts import ReceiptLine
from notify.carrier.texts.messages import Message
from notify.carrier.texts.optouts import REPLIES, OptOutType
from notify.carrier.texts.texting import API_VERSION, Texting
from notify.carrier.webhooks import Webhook


class Reception:
    def __init__(self, plant: Plant, texting: Texting) -> None:
        self._plant = plant
        self._texting = texting
        texting.bring = self._from_our_own

    async def receive(
        self, phone: str, line: str, *, body: str, media: tuple[str, ...] = ()
    ) -> Message:
        """Bring a person's text to the account, and its answers back."""
        message = Message(
            sender=phone,
            to=line,
            body=body,
            media=media,
            direction="inbound",
            status="received",
        )
        self._texting.book.add(message)
        self._plant.oracle.note("received", message.subject)
        self._texting.show(message, phone)
        word = self._texting.optouts.hear(body, line=line, phone=phone)
        if word:
            self._answer_word(message, word)
        receipts = self._plant.receipts(message.subject)
        receipts.add(lambda: self._bring(message, word, receipts))
        receipts.close()
        await receipts.told()
        return message

    async def _from_our_own(self, sent: Message) -> None:
        await self.receive(sent.sender, sent.to, body=sent.body, media=sent.media)

    def _answer_word(self, message: Message, word: OptOutType) -> None:
        """Answer in the carrier's own name: this text is nobody's message."""
        reply = Message(
            sender=message.to,
            to=message.sender,
            body=REPLIES[word],
            direction="outbound-reply",
            status="delivered",
        )
        self._texting.show(reply, message.sender)

    async def _bring(
        self, message: Message, word: OptOutType | None, receipts: ReceiptLine
    ) -> None:
        line = self._plant.line(message.to)
        if line is None or not line.sms_url:
            return
        webhook = Webhook(
            url=line.sms_url,
            fields=tuple(self._inbound_fields(message, word)),
            subject=message.subject,
            forged=receipts.forged,
        )
        answer = await self._plant.courier.tell(webhook)
        if answer.ok:
            self._reply(message, answer.text)

    def _inbound_fields(
        self, message: Message, word: OptOutType | None
    ) -> Iterator[tuple[str, str]]:
        for name in ("MessageSid", "SmsSid", "SmsMessageSid"):
            yield name, message.sid
        yield "AccountSid", self._plant.config.account_sid
        yield "ApiVersion", API_VERSION
        yield "From", message.sender
        yield "FromCountry", country(message.sender)
        yield "To", message.to
        yield "ToCountry", country(message.to)
        yield "Body", message.body
        yield "SmsStatus", "received"
        yield "NumSegments", str(message.segments)
        yield "NumMedia", str(len(message.media))
        for place, url in enumerate(message.media):
            yield f"MediaUrl{place}", url
            yield f"MediaContentType{place}", "image/jpeg"
        if word:
            yield "OptOutType", word

    def _reply(self, received: Message, document: str) -> None:
        try:
            verbs = twiml.parse(document)
        except twiml.BadTwiml as fault:
            self._plant.oracle.note("broken", received.subject, str(fault))
            return
        for verb in verbs:
            if verb.name == "Message":
                self._reply_with(verb, received)

    def _reply_with(self, verb: twiml.Verb, received: Message) -> None:
        parts = [part.text for part in verb.children if part.name == "Body"]
        reply = Message(
            sender=verb.get("from", received.to),
            to=verb.get("to", received.sender),
            body=" ".join(parts) or verb.text,
            status_callback=verb.get("statusCallback"),
            direction="outbound-reply",
            status="queued",
        )
        self._texting.reply(reply)
