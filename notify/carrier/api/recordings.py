"""Recordings: their sound, and what Twilio's interface says of them."""

from __future__ import annotations

from litestar import Response, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from notify.carrier import errors
from notify.carrier.api.access import twilio_account
from notify.carrier.api.conference_resource import RecordingResource
from notify.carrier.exchange import Exchange
from notify.carrier.voice.recordings import Recording

PATH = "/2010-04-01/Accounts/{account_sid:str}/Recordings/{name:str}"
RESOURCE = ".json"


@get(PATH)
async def recording_sound(
    name: FromPath[str], exchange: NamedDependency[Exchange]
) -> Response[RecordingResource] | Response[bytes]:
    """The sound is open to whoever knows the address, as Twilio's is unless told."""
    recording = _find(exchange, name)
    if name.endswith(RESOURCE):
        return Response(RecordingResource.of(recording, exchange.config.account_sid))
    return Response(recording.sound(), media_type="audio/wav")


@delete(PATH, guards=[twilio_account])
async def delete_recording(
    name: FromPath[str], exchange: NamedDependency[Exchange]
) -> None:
    recording = _find(exchange, name)
    del exchange.switchboard.script.recordings[recording.sid]


RECORDINGS = (recording_sound, delete_recording)


def _find(exchange: Exchange, name: str) -> Recording:
    recordings = exchange.switchboard.script.recordings
    recording = recordings.get(name.partition(".")[0])
    if recording is None:
        raise errors.NotFound(f"/Recordings/{name}")
    return recording
