"""Letters, whoever carries them: one carrier for each that is set up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from notify.channels import Carrier, Parcel, Sighting
from notify.rules.routing import Provider


class Letters:
    """Each letter goes by the provider that it was addressed to.

    One of a release that knew no providers goes by the first.
    """

    def __init__(self, carriers: Mapping[Provider, Carrier]) -> None:
        self._carriers = carriers
        self._first = next(iter(carriers.values()))

    async def deliver(self, parcel: Parcel) -> str:
        return await self._carrier(parcel).deliver(parcel)

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        return await self._carrier(parcel).find(parcel)

    async def look(self, parcel: Parcel) -> Sighting | None:
        return await self._carrier(parcel).look(parcel)

    async def hang_up(self, parcel: Parcel) -> None:
        """A letter cannot be called back."""

    def _carrier(self, parcel: Parcel) -> Carrier:
        return self._carriers.get(parcel.provider, self._first)


def reply_address(parcel: Parcel) -> str:
    """An answer to it names the attempt, whoever forwards it to whom."""
    mailbox, _, domain = (parcel.answer_to or parcel.ours).partition("@")
    return f"{mailbox}+{parcel.prefix}.{parcel.token}@{domain}"
