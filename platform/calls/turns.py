"""What the exchange reports with every turn of a call, once it has proven itself."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from msgspec import Struct, ValidationError, convert, field

from notify.channels import signatures
from townline.errors import Forbidden, Invalid
from townline.settings import Settings


class Turn(Struct, frozen=True, kw_only=True):
    """The fields of the form that we read; the exchange sends many more.

    ``menu``, ``tries`` and ``turns`` are our own, from the address we gave it.
    """

    call_sid: str = field(name="CallSid")
    # What is told of a recording does not say who rang whom.
    to: str = field(name="To", default="")
    caller: str = field(name="From", default="")
    call_status: str = field(name="CallStatus", default="")
    dial_status: str = field(name="DialCallStatus", default="")
    digits: str = field(name="Digits", default="")
    queue_position: int = field(name="QueuePosition", default=1)
    queue_result: str = field(name="QueueResult", default="")
    recording: str = field(name="RecordingSid", default="")
    recording_url: str = field(name="RecordingUrl", default="")
    recording_seconds: int = field(name="RecordingDuration", default=0)
    transcription: str = field(name="TranscriptionText", default="")
    transcription_status: str = field(name="TranscriptionStatus", default="")
    menu: str = ""
    tries: int = 0
    turns: int = 0


async def genuine_turn(
    request: Request[Any, Any, Any], settings: NamedDependency[Settings]
) -> Turn:
    """The dependency ``turn``: what a caller's own call reports."""
    ours = dict(request.query_params.items())
    form = await genuine_form(request, settings)
    try:
        return convert(ours | form, Turn, strict=False)
    except ValidationError as fault:
        raise Invalid(str(fault)) from fault


async def genuine_form(
    request: Request[Any, Any, Any], settings: Settings
) -> dict[str, str]:
    """The one door that every voice webhook comes through."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    address = f"{settings.public_url}{request.url.path}"
    if request.url.query:
        address += f"?{request.url.query}"
    signature = request.headers.get("x-twilio-signature", "")
    tokens = settings.twilio.tokens
    if not signatures.from_twilio(
        address, form, signature=signature, auth_tokens=tokens
    ):
        raise Forbidden
    return form
