"""Twilio's Participant resource: who is added to a conference, held, and dropped."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, delete, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath

from notify.carrier import errors
from notify.carrier.api.access import twilio_account
from notify.carrier.api.bending import Bending
from notify.carrier.api.conference_resource import (
    ParticipantPage,
    ParticipantResource,
)
from notify.carrier.api.conferences import conference_of
from notify.carrier.api.lists import Cut
from notify.carrier.exchange import Exchange
from notify.carrier.oracle import Subject
from notify.carrier.twiml import Source
from notify.carrier.voice import conferring
from notify.carrier.voice.calls import DEFAULT_RING_SECONDS, Instructions
from notify.carrier.voice.conferences import Conference, Participant, Terms, Wish

AnyRequest = Request[Any, Any, Any]
PATH = "/2010-04-01/Accounts/{account_sid:str}/Conferences/{conference:str}"


class ParticipantController(Controller):
    path = PATH
    guards = (twilio_account,)

    @post("/Participants.json")
    async def create(
        self,
        conference: FromPath[str],
        request: AnyRequest,
        exchange: NamedDependency[Exchange],
    ) -> ParticipantResource:
        """Of a conference by its sid, or by its name, which may begin with this."""
        form = await request.form()
        to, sender = form.get("To", "").strip(), form.get("From", "").strip()
        bending = Bending(
            exchange.plant, Subject(channel="voice", sender=sender, to=to)
        )
        room = _room(exchange, conference, form)
        with bending.accepting():
            added = exchange.switchboard.invite(
                room,
                _wish(form),
                to=to,
                sender=sender,
                instructions=_instructions(form),
            )
        resource = ParticipantResource.of(added, room.sid, exchange.config.account_sid)
        await bending.after(request, added.call.subject, [added.call.receipts])
        return resource

    @get("/Participants.json")
    async def list(
        self,
        conference: FromPath[str],
        request: AnyRequest,
        exchange: NamedDependency[Exchange],
    ) -> ParticipantPage:
        room = conference_of(exchange, conference)
        query = request.query_params
        found = (
            each
            for each in room.participants
            if query.get("Hold") in {None, str(each.held).lower()}
        )
        cut = Cut(found, request.scope["path"], query)
        account = exchange.config.account_sid
        shown = [
            ParticipantResource.of(each, room.sid, account) for each in cut.records
        ]
        return ParticipantPage(**cut.fields(), participants=shown)

    @get("/Participants/{name:str}")
    async def fetch(
        self,
        conference: FromPath[str],
        name: FromPath[str],
        exchange: NamedDependency[Exchange],
    ) -> ParticipantResource:
        room, found = _find(exchange, conference, name)
        return ParticipantResource.of(found, room.sid, exchange.config.account_sid)

    @post("/Participants/{name:str}", status_code=200)
    async def update(
        self,
        conference: FromPath[str],
        name: FromPath[str],
        request: AnyRequest,
        exchange: NamedDependency[Exchange],
    ) -> ParticipantResource:
        room, found = _find(exchange, conference, name)
        form = await request.form()
        bending = Bending(exchange.plant, found.call.subject)
        with bending.accepting():
            _change(exchange, room, found, form)
        resource = ParticipantResource.of(found, room.sid, exchange.config.account_sid)
        await bending.after(request, found.call.subject, [found.call.receipts])
        return resource

    @delete("/Participants/{name:str}")
    async def remove(
        self,
        conference: FromPath[str],
        name: FromPath[str],
        exchange: NamedDependency[Exchange],
    ) -> None:
        """Out of the conference; the call goes on with its document, if it has one."""
        _, found = _find(exchange, conference, name)
        found.reason_left = "participant_updated_via_api"
        found.removed.set()


def _change(
    exchange: Exchange, room: Conference, found: Participant, form: FormMultiDict
) -> None:
    script = exchange.switchboard.script
    match form.get("Hold"):
        case "true":
            url = form.get("HoldUrl", "")
            method = form.get("HoldMethod", "POST").upper()
            music = Source(url=url, method=method) if url else None
            conferring.hold(script, room, found, music=music)
        case "false":
            conferring.take_off_hold(script, room, found)
    if muted := form.get("Muted"):
        found.muted = muted == "true"
    if ends := form.get("EndConferenceOnExit"):
        found.end_on_exit = ends == "true"
    if url := form.get("AnnounceUrl"):
        method = form.get("AnnounceMethod", "POST").upper()
        conferring.announce(script, room, found, Source(url=url, method=method))


def _room(exchange: Exchange, name: str, form: FormMultiDict) -> Conference:
    book = exchange.switchboard.script.conferences
    if found := book.get(name) or book.named(name):
        return found
    asked = form.getall("ConferenceStatusCallbackEvent", ["start end"])
    events = " ".join(asked)
    terms = Terms(
        status_callback=form.get("ConferenceStatusCallback", ""),
        events=frozenset(events.split()),
        records=form.get("ConferenceRecord") in {"true", "record-from-start"},
        recording_callback=form.get("ConferenceRecordingStatusCallback", ""),
    )
    return book.enter(name, terms)


def _wish(form: FormMultiDict) -> Wish:
    return Wish(
        label=form.get("Label", ""),
        end_on_exit=form.get("EndConferenceOnExit") == "true",
        start_on_enter=form.get("StartConferenceOnEnter", "true") == "true",
        muted=form.get("Muted") == "true",
    )


def _instructions(form: FormMultiDict) -> Instructions:
    timeout = form.get("Timeout", "")
    events = " ".join(form.getall("StatusCallbackEvent", [])).split()
    return Instructions(
        source=Source(document="<Response/>"),
        status_callback=form.get("StatusCallback", ""),
        status_method=form.get("StatusCallbackMethod", "POST").upper(),
        events=frozenset(events or ["completed"]),
        ring_seconds=float(timeout) if timeout.isdigit() else DEFAULT_RING_SECONDS,
    )


def _find(
    exchange: Exchange, conference: str, name: str
) -> tuple[Conference, Participant]:
    room = conference_of(exchange, conference)
    found = room.find(name.removesuffix(".json"))
    if found is None:
        raise errors.NotFound(f"/Participants/{name}")
    return room, found
