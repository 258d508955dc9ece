"""Twilio's Call resource."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath

from notify.carrier import errors
from notify.carrier.api.access import twilio_account
from notify.carrier.api.bending import Bending
from notify.carrier.api.call_resource import CallPage, CallResource
from notify.carrier.api.lists import Cut, in_period
from notify.carrier.exchange import Exchange
from notify.carrier.oracle import Subject
from notify.carrier.twiml import Source
from notify.carrier.voice.calls import DEFAULT_RING_SECONDS, Call, Instructions


class CallController(Controller):
    path = "/2010-04-01/Accounts/{account_sid:str}"
    guards = (twilio_account,)

    @post("/Calls.json")
    async def create(
        self, request: Request[Any, Any, Any], exchange: NamedDependency[Exchange]
    ) -> CallResource:
        form = await request.form()
        to, sender = form.get("To", "").strip(), form.get("From", "").strip()
        bending = Bending(
            exchange.plant, Subject(channel="voice", sender=sender, to=to)
        )
        with bending.accepting():
            call = exchange.switchboard.place(
                to=to, sender=sender, instructions=_instructions(form)
            )
        resource = CallResource.of(call, exchange.config.account_sid)
        await bending.after(request, call.subject, [call.receipts])
        return resource

    @get("/Calls.json")
    async def list(
        self, request: Request[Any, Any, Any], exchange: NamedDependency[Exchange]
    ) -> CallPage:
        query = request.query_params
        found = (
            call
            for call in exchange.switchboard.book.newest_first()
            if query.get("To") in {None, call.to}
            and query.get("From") in {None, call.sender}
            and query.get("Status") in {None, call.status}
            and query.get("ParentCallSid") in {None, call.parent_sid}
            and in_period(call.started or call.created, query, "StartTime")
        )
        cut = Cut(found, request.scope["path"], query)
        account_sid = exchange.config.account_sid
        shown = [CallResource.of(call, account_sid) for call in cut.records]
        return CallPage(**cut.fields(), calls=shown)

    @get("/Calls/{name:str}")
    async def fetch(
        self, name: FromPath[str], exchange: NamedDependency[Exchange]
    ) -> CallResource:
        return CallResource.of(_find(exchange, name), exchange.config.account_sid)

    @post("/Calls/{name:str}", status_code=200)
    async def update(
        self,
        name: FromPath[str],
        request: Request[Any, Any, Any],
        exchange: NamedDependency[Exchange],
    ) -> CallResource:
        call = _find(exchange, name)
        form = await request.form()
        if there := exchange.switchboard.script.conferences.where(call):
            there.reason_left = "participant_updated_via_api"
        match form.get("Status"):
            case "completed" if not call.is_over:
                exchange.switchboard.hang_up(call)
                await call.gone.wait()
            case "canceled" if call.performing is None and not call.is_over:
                exchange.switchboard.hang_up(call)
                await call.gone.wait()
            case None:
                exchange.switchboard.divert(call, _source(form))
        return CallResource.of(call, exchange.config.account_sid)


def _instructions(form: FormMultiDict) -> Instructions:
    callback = form.get("StatusCallback", "")
    if callback and not urlsplit(callback).hostname:
        raise errors.InvalidStatusCallback(callback)
    events = " ".join(form.getall("StatusCallbackEvent", [])).split()
    fallback = form.get("FallbackUrl", "")
    timeout = form.get("Timeout", "")
    return Instructions(
        source=_source(form),
        fallback=Source(url=fallback) if fallback else None,
        status_callback=callback,
        status_method=form.get("StatusCallbackMethod", "POST").upper(),
        events=frozenset(events or ["completed"]),
        ring_seconds=float(timeout) if timeout.isdigit() else DEFAULT_RING_SECONDS,
        # Digits to send switch machine detection off, as with Twilio.
        machine_detection=""
        if form.get("SendDigits")
        else form.get("MachineDetection", ""),
        if_machine=form.get("IfMachine", ""),
        send_digits=form.get("SendDigits", ""),
    )


def _source(form: FormMultiDict) -> Source:
    url, document = form.get("Url", ""), form.get("Twiml", "")
    if document:
        return Source(document=document)
    if not urlsplit(url).hostname:
        raise errors.InvalidUrl(url)
    return Source(url=url, method=form.get("Method", "POST").upper())


def _find(exchange: Exchange, name: str) -> Call:
    call = exchange.switchboard.book.get(name.removesuffix(".json"))
    if call is None:
        raise errors.NotFound(f"/Calls/{name}")
    return call
