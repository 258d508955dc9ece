"""What the desk does for a town besides making tickets: who takes over, how long."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tenants.town.fields import Key, Phone
from tenants.town.parts import Part, Text

# A reminder, never a block; an hour after a call nobody remembers what was said.
WrapUp = Annotated[int, Meta(ge=10, le=3_600)]


class HandOff(Part, frozen=True, kw_only=True):
    """Who else takes an emergency over besides 911: gas, power, poison control.

    ``stay`` is whether the agent stays on the line until the other side has begun.
    """

    key: Key
    name: Text
    number: Phone
    say: Text
    stay: bool = False


class DeskTerms(Part, frozen=True, kw_only=True):
    """Without its own limit a town has the operator's; ``threats``: whom to tell.

    ``emergency_number`` is the ten-digit line of the town's own 911 centre: a desk in
    another county that dials 911 itself reaches the wrong one.
    """

    wrap_up_seconds: WrapUp | None = None
    threats: Text = Text()
    emergency_number: Phone | None = None
