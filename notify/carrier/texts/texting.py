"""Texts that are sent: accepted or refused, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from notify.carrier import clock, errors
from notify.carrier.faults import FaultOrder
from notify.carrier.numbering import is_possible
from notify.carrier.plant import Plant
from notify.carrier.receipts import ReceiptLine
from notify.carrier.texts.messages import Message, MessageBook
from notify.carrier.texts.optouts import OptOuts
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
    service: str = ""


class Texting:
    def __init__(self, plant: Plant) -> None:
        self.book = MessageBook(plant.config.history)
        self.optouts = OptOuts()
        # Set by the reception: a text from one of the account's numbers to another.
        self.bring: Callable[[Message], Coroutine[Any, Any, None]] | None = None
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
            service=order.service,
            direction="outbound-api",
            status="queued",
        )
        return message, self._take(message)

    def from_pool(self, order: TextOrder) -> TextOrder:
        """The service's number for this telephone: the same as long as it has it."""
        if not order.service:
            return order
        for service in self._plant.config.services:
            if service.sid == order.service:
                place = crc32(order.to.encode()) % len(service.numbers)
                return replace(order, sender=service.numbers[place])
        raise errors.NoSuchService(order.service)

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
                self._hand_over(message)
            self._report(message, receipts)
        receipts.close()

    def _hand_over(self, message: Message) -> None:
        """To a person's telephone, or to what answers another of our numbers."""
        self.show(message, message.to)
        line = self._plant.line(message.to)
        if self.bring and line and line.sms_url:
            self._plant.spawn(self.bring(message))

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

    def reply(self, message: Message) -> None:
        """Send what an address answered a person's text with."""
        if self.optouts.covers(message.sender, message.to):
            self._plant.oracle.note("refused", message.subject, "21610")
        else:
            self._take(message)

    def show(self, message: Message, number: str) -> None:
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
