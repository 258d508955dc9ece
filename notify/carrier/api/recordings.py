"""The sound of recordings, open to whoever knows the address, as Twilio's are."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from notify.carrier import errors
from notify.carrier.exchange import Exchange


@get("/2010-04-01/Accounts/{account_sid:str}/Recordings/{name:str}")
async def recording_sound(
    name: FromPath[str], exchange: NamedDependency[Exchange]
) -> Response[bytes]:
    recording = exchange.switchboard.script.recordings.get(name.partition(".")[0])
    if recording is None:
        raise errors.NotFound(f"/Recordings/{name}")
    return Response(recording.sound(), media_type="audio/wav")
