"""Twilio's Message resource."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct, field

from notify.carrier import errors
from notify.carrier.api.access import twilio_account
from notify.carrier.api.bending import Bending
from notify.carrier.api.lists import Cut, Page, in_period
from notify.carrier.clock import rfc2822
from notify.carrier.exchange import Exchange
from notify.carrier.oracle import Subject
from notify.carrier.texts.messages import Message
from notify.carrier.texts.texting import TextOrder

API_VERSION = "2010-04-01"
# Twilio's words for the codes that the fault panel is most used with.
ERROR_MESSAGES = {
    30001: "Queue overflow",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30034: "US A2P 10DLC - Message from an Unregistered Number",
}
FINAL = frozenset({"sent", "delivered", "received"})


class MessageResource(Struct, kw_only=True):
    account_sid: str
    api_version: str
    body: str
    date_created: str | None
    date_sent: str | None
    date_updated: str | None
    direction: str
    error_code: int | None
    error_message: str | None
    sender: str = field(name="from")
    messaging_service_sid: str | None
    num_media: str
    num_segments: str
    price: str | None
    price_unit: str
    sid: str
    status: str
    subresource_uris: dict[str, str]
    tags: dict[str, str] | None
    to: str
    uri: str

    @classmethod
    def of(cls, message: Message, account_sid: str) -> MessageResource:
        uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.sid}"
        code = message.error_code
        return cls(
            account_sid=account_sid,
            api_version=API_VERSION,
            body=message.body,
            date_created=rfc2822(message.created),
            date_sent=rfc2822(message.sent),
            date_updated=rfc2822(message.updated),
            direction=message.direction,
            error_code=code,
            error_message=ERROR_MESSAGES.get(code, "Unknown error") if code else None,
            sender=message.sender,
            messaging_service_sid=message.service or None,
            num_media=str(len(message.media)),
            num_segments=str(message.segments),
            price="-0.00790" if message.status in FINAL else None,
            price_unit="USD",
            sid=message.sid,
            status=message.status,
            subresource_uris={"media": f"{uri}/Media.json"},
            tags=None,
            to=message.to,
            uri=f"{uri}.json",
        )


class MessagePage(Page, kw_only=True):
    messages: list[MessageResource]


class MessageController(Controller):
    path = "/2010-04-01/Accounts/{account_sid:str}"
    guards = (twilio_account,)

    @post("/Messages.json")
    async def create(
        self, request: Request[Any, Any, Any], exchange: NamedDependency[Exchange]
    ) -> MessageResource:
        form = await request.form()
        order = TextOrder(
            to=form.get("To", "").strip(),
            sender=form.get("From", "").strip(),
            service=form.get("MessagingServiceSid", "").strip(),
            body=form.get("Body", ""),
            media=tuple(form.getall("MediaUrl", [])),
            status_callback=form.get("StatusCallback", ""),
        )
        order = exchange.texting.from_pool(order)
        asked = Subject(
            channel="sms", sender=order.sender, to=order.to, body=order.body
        )
        bending = Bending(exchange.plant, asked)
        with bending.accepting():
            message, receipts = exchange.texting.accept(order)
        # What the client is told is how the message stands when it is taken.
        resource = MessageResource.of(message, exchange.config.account_sid)
        await bending.after(request, message.subject, [receipts])
        return resource

    @get("/Messages.json")
    async def list(
        self, request: Request[Any, Any, Any], exchange: NamedDependency[Exchange]
    ) -> MessagePage:
        query = request.query_params
        found = (
            message
            for message in exchange.texting.book.newest_first()
            if query.get("To") in {None, message.to}
            and query.get("From") in {None, message.sender}
            and in_period(message.sent or message.created, query, "DateSent")
        )
        cut = Cut(found, request.scope["path"], query)
        account_sid = exchange.config.account_sid
        shown = [MessageResource.of(message, account_sid) for message in cut.records]
        return MessagePage(**cut.fields(), messages=shown)

    @get("/Messages/{name:str}")
    async def fetch(
        self, name: FromPath[str], exchange: NamedDependency[Exchange]
    ) -> MessageResource:
        return MessageResource.of(_find(exchange, name), exchange.config.account_sid)

    @post("/Messages/{name:str}", status_code=200)
    async def update(
        self,
        name: FromPath[str],
        request: Request[Any, Any, Any],
        exchange: NamedDependency[Exchange],
    ) -> MessageResource:
        message = _find(exchange, name)
        form = await request.form()
        # Twilio allows a text to be redacted, not to be rewritten.
        if form.get("Body") == "":
            message.body = ""
        return MessageResource.of(message, exchange.config.account_sid)

    @delete("/Messages/{name:str}")
    async def remove(
        self, name: FromPath[str], exchange: NamedDependency[Exchange]
    ) -> None:
        exchange.texting.book.remove(_find(exchange, name).sid)


def _find(exchange: Exchange, name: str) -> Message:
    message = exchange.texting.book.get(name.removesuffix(".json"))
    if message is None:
        raise errors.NotFound(f"/Messages/{name}")
    return message
