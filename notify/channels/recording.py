"""A carrier that keeps what it would have sent; for tests, replays and previews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from notify.channels import Carriers, DeliveryFailed, Parcel, Sighting
from notify.message import Channel

CHANNELS: tuple[Channel, ...] = ("sms", "voice", "email")


@dataclass(slots=True)
class RecordingCarrier:
    """``refusals`` are raised one after the other before anything is taken.

    ``listed`` is what the carrier's list shows, whatever is asked for;
    ``line_types`` what its register knows of numbers that are no mobiles.
    """

    sent: list[Parcel] = field(default_factory=list)
    refusals: list[DeliveryFailed] = field(default_factory=list)
    listed: list[Sighting] = field(default_factory=list)
    hung_up: list[str] = field(default_factory=list)
    line_types: dict[str, str] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    register_is_away: bool = False

    async def deliver(self, parcel: Parcel) -> str:
        if self.refusals:
            raise self.refusals.pop(0)
        self.sent.append(parcel)
        return f"recorded-{len(self.sent)}"

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        return self.listed

    async def look(self, parcel: Parcel) -> Sighting | None:
        return next((each for each in self.listed if each.sid == parcel.sid), None)

    async def hang_up(self, parcel: Parcel) -> None:
        self.hung_up.append(parcel.sid)

    async def line_type(self, number: str) -> str:
        self.looked_up.append(number)
        if self.register_is_away:
            raise DeliveryFailed("retry", "unreachable")
        return self.line_types.get(number, "mobile")

    def everywhere(self) -> Carriers:
        """This one carrier for every channel."""
        return dict.fromkeys(CHANNELS, self)
