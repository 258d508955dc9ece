"""What the exchange reports of a room, or of somebody in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency
from msgspec import Struct, ValidationError, convert, field

from calls.turns import genuine_form
from townline.errors import Invalid
from townline.settings import Settings


class RoomTurn(Struct, frozen=True, kw_only=True):
    """The fields that we read; most reports have only some of them."""

    call_sid: str = field(name="CallSid", default="")
    call_status: str = field(name="CallStatus", default="")
    dial_status: str = field(name="DialCallStatus", default="")
    event: str = field(name="StatusCallbackEvent", default="")
    conference_sid: str = field(name="ConferenceSid", default="")
    label: str = field(name="ParticipantLabel", default="")
    participant_status: str = field(name="ParticipantCallStatus", default="")
    reason_left: str = field(name="ReasonParticipantLeft", default="")
    recording_sid: str = field(name="RecordingSid", default="")
    recording_status: str = field(name="RecordingStatus", default="")
    recording_seconds: str = field(name="RecordingDuration", default="")

    @property
    def leg_id(self) -> UUID | None:
        """Whose it is, if it is one of ours."""
        try:
            return UUID(self.label)
        except ValueError:
            return None

    @property
    def hung_up(self) -> bool:
        """Not led out by us, nor by the end of the room around them."""
        return self.reason_left == "participant_hung_up"

    @property
    def left_how(self) -> str:
        return self.participant_status or "completed"


async def room_turn(
    request: Request[Any, Any, Any], settings: NamedDependency[Settings]
) -> RoomTurn:
    """The dependency ``turn`` of the rooms' door."""
    form = await genuine_form(request, settings)
    try:
        return convert(form, RoomTurn, strict=False)
    except ValidationError as fault:
        raise Invalid(str(fault)) from fault
