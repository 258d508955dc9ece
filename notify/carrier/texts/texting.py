"""What the carrier does with texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from notify.carrier import clock, errors, twiml
from notify.carrier.faults import FaultOrder
from notify.carrier.numbering import country, is_possible
from notify.carrier.plant import Plant
from notify.carrier.receipts import ReceiptLine
from notify.carrier.texts.messages import Message, MessageBook
from notify.carrier.texts.optouts import REPLIES, OptOuts, OptOutType
from notify.carrier.webhooks import Webhook

API_VERSION = "2010-04-01"
LONGEST_BODY = 1600
# 30005: unknown destination handset; 30001: queue overflow.
USUAL_CODES = {"undelivered": 30005, "failed": 30001}
# What follows "queued".
LIVES = {
    "": ("sending", "sent", "delivered"),
    "undelivered": ("sending", "sent", "undelivered"),
    "failed": ("failed",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOrder:
    """A text as a client of the API asks for it."""

    to: str
    sender: str
    body: str
    media: tuple[str, ...] = ()
    status_callback: str = ""


class Texting:
    def __init__(self, plant: Plant) -> None:
        self.book = MessageBook(plant.config.history)
        self.optouts = OptOuts()
        self._plant = plant

    def accept(self, order: TextOrder) -> tuple[Message, ReceiptLine]:
        """Take a text for sending; its receipts follow by themselves."""
        self._check(order)
        message = Message(
            sender=order.sender,
            to=order.to,
            body=order.body,
            media=order.media,
            status_callback=order.status_callback,
            direction="outbound-api",
            status="queued",
        )
        return message, self._take(message)

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
        self.book.add(message)
        self._plant.oracle.note("received", message.subject)
        self._show(message, phone)
        word = self.optouts.hear(body, line=line, phone=phone)
        if word:
            self._answer_word(message, word)
        receipts = self._plant.receipts(message.subject)
        receipts.add(lambda: self._bring(message, word, receipts))
        receipts.close()
        await receipts.told()
        return message

    def clear(self) -> None:
        self.book.clear()
        self.optouts.clear()

    def _check(self, order: TextOrder) -> None:
        _check_shape(order)
        if self._plant.line(order.sender) is None:
            raise errors.SenderNotOwned(order.sender)
        if self.optouts.covers(order.sender, order.to):
            raise errors.OptedOut
        if self.is_landline(order.to):
            raise errors.NotTextable(order.to)

    def is_landline(self, number: str) -> bool:
        fixed = self._plant.phones.at(number).line_type == "landline"
        return fixed or self._plant.faults.stands("landline", number)

    def _take(self, message: Message) -> ReceiptLine:
        self.book.add(message)
        self._plant.oracle.note("accepted", message.subject)
        receipts = self._plant.receipts(message.subject)
        faults = self._plant.faults
        outcome = faults.take(
            {"undelivered", "failed"}, "sms", numbers=(message.to, message.sender)
        )
        self._report(message, receipts)
        self._plant.spawn(self._live(message, receipts, outcome))
        return receipts

    async def _live(
        self, message: Message, receipts: ReceiptLine, outcome: FaultOrder | None
    ) -> None:
        for status in LIVES[outcome.kind if outcome else ""]:
            await self._plant.courier.pause(self._plant.config.message_seconds)
            if outcome and status == outcome.kind:
                message.error_code = outcome.code or USUAL_CODES[outcome.kind]
            message.become(status, at=clock.now())
            if status == "delivered":
                self._show(message, message.to)
            self._report(message, receipts)
        receipts.close()

    def _report(self, message: Message, receipts: ReceiptLine) -> None:
        self._plant.oracle.note("status", message.subject, message.status)
        if not message.status_callback:
            return
        webhook = Webhook(
            url=message.status_callback,
            fields=tuple(self._receipt_fields(message)),
            subject=message.subject,
            forged=receipts.forged,
        )
        receipts.add(lambda: self._plant.courier.tell(webhook))

    def _receipt_fields(self, message: Message) -> Iterator[tuple[str, str]]:
        yield "MessageSid", message.sid
        yield "SmsSid", message.sid
        yield "MessageStatus", message.status
        yield "SmsStatus", message.status
        yield "To", message.to
        yield "From", message.sender
        yield "AccountSid", self._plant.config.account_sid
        yield "ApiVersion", API_VERSION
        if message.error_code:
            yield "ErrorCode", str(message.error_code)

    def _answer_word(self, message: Message, word: OptOutType) -> None:
        """Answer in the carrier's own name: this text is nobody's message."""
        reply = Message(
            sender=message.to,
            to=message.sender,
            body=REPLIES[word],
            direction="outbound-reply",
            status="delivered",
        )
        self._show(reply, message.sender)

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
        if self.optouts.covers(reply.sender, reply.to):
            self._plant.oracle.note("refused", reply.subject, "21610")
        else:
            self._take(reply)

    def _show(self, message: Message, number: str) -> None:
        self._plant.phones.at(number).texts.append(message)
        self._plant.changed(number)


def _check_shape(order: TextOrder) -> None:
    if not order.to:
        raise errors.TextWithoutTo
    if not order.sender:
        raise errors.TextWithoutFrom
    if not order.body and not order.media:
        raise errors.NoBody
    if len(order.body) > LONGEST_BODY:
        raise errors.BodyTooLong
    if not is_possible(order.to):
        raise errors.InvalidTo(order.to)
    if not is_possible(order.sender):
        raise errors.InvalidFrom(order.sender)
    if order.status_callback and not urlsplit(order.status_callback).hostname:
        raise errors.InvalidStatusCallback(order.status_callback)
