"""Twilio's Conference resource, and the recording of a conference that goes on."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from notify.carrier import errors
from notify.carrier.api.access import twilio_account
from notify.carrier.api.conference_resource import (
    ConferencePage,
    ConferenceResource,
    RecordingPage,
    RecordingResource,
)
from notify.carrier.api.lists import Cut
from notify.carrier.exchange import Exchange
from notify.carrier.voice import conferring
from notify.carrier.voice.conferences import Conference

RECORDING_STATUSES = frozenset({"paused", "in-progress", "stopped"})
CURRENT = "Twilio.CURRENT"


class ConferenceController(Controller):
    path = "/2010-04-01/Accounts/{account_sid:str}"
    guards = (twilio_account,)

    @get("/Conferences.json")
    async def list(
        self, request: Request[Any, Any, Any], exchange: NamedDependency[Exchange]
    ) -> ConferencePage:
        query = request.query_params
        found = (
            conference
            for conference in exchange.switchboard.script.conferences.newest_first()
            if query.get("FriendlyName") in {None, conference.name}
            and query.get("Status") in {None, conference.status}
        )
        cut = Cut(found, request.scope["path"], query)
        account_sid = exchange.config.account_sid
        shown = [ConferenceResource.of(each, account_sid) for each in cut.records]
        return ConferencePage(**cut.fields(), conferences=shown)

    @get("/Conferences/{name:str}")
    async def fetch(
        self, name: FromPath[str], exchange: NamedDependency[Exchange]
    ) -> ConferenceResource:
        found = conference_of(exchange, name)
        return ConferenceResource.of(found, exchange.config.account_sid)

    @post("/Conferences/{name:str}", status_code=200)
    async def update(
        self,
        name: FromPath[str],
        request: Request[Any, Any, Any],
        exchange: NamedDependency[Exchange],
    ) -> ConferenceResource:
        found = conference_of(exchange, name)
        form = await request.form()
        if form.get("Status") == "completed":
            conferring.end(exchange.switchboard.script, found)
        return ConferenceResource.of(found, exchange.config.account_sid)

    @get("/Conferences/{name:str}/Recordings.json")
    async def recordings(
        self,
        name: FromPath[str],
        request: Request[Any, Any, Any],
        exchange: NamedDependency[Exchange],
    ) -> RecordingPage:
        recording = conference_of(exchange, name).recording
        found = [recording] if recording else []
        cut = Cut(found, request.scope["path"], request.query_params)
        account_sid = exchange.config.account_sid
        shown = [RecordingResource.of(each, account_sid) for each in cut.records]
        return RecordingPage(**cut.fields(), recordings=shown)

    @post("/Conferences/{name:str}/Recordings/{recording:str}", status_code=200)
    async def change_recording(
        self,
        name: FromPath[str],
        recording: FromPath[str],
        request: Request[Any, Any, Any],
        exchange: NamedDependency[Exchange],
    ) -> RecordingResource:
        going_on = conference_of(exchange, name).recording
        asked = recording.removesuffix(".json")
        if going_on is None or asked not in {CURRENT, going_on.sid}:
            raise errors.NotFound(f"/Recordings/{recording}")
        form = await request.form()
        status = form.get("Status", "")
        if status not in RECORDING_STATUSES or going_on.status == "completed":
            raise errors.RecordingNotChanged(status)
        going_on.status = status
        return RecordingResource.of(going_on, exchange.config.account_sid)


def conference_of(exchange: Exchange, name: str) -> Conference:
    found = exchange.switchboard.script.conferences.get(name.removesuffix(".json"))
    if found is None:
        raise errors.NotFound(f"/Conferences/{name}")
    return found
