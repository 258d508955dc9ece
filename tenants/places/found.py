"""A place that somebody may mean, whoever knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from msgspec import Struct

from tenants.places.vocabulary import GENERIC
from tenants.places.words import normalised
from tenants.town import Point

FoundKind = Literal["address", "intersection", "landmark", "asset", "point"]
# "rue des Pins", "rang 4", "côte de la Montagne": the number is set off by a comma.
_FRENCH = GENERIC | {"rue", "rang", "cote"}


class Found(Struct, frozen=True, kw_only=True):
    """``label`` is what the ticket will name; ``near``: the very point is not known.

    ``beside`` is the known number closest to one that is not, and ``units`` counts the
    homes behind one door. ``source`` is empty for the town's own list.
    """

    kind: FoundKind
    label: str
    latitude: float
    longitude: float
    confidence: Literal["exact", "near"] = "exact"
    asset: str = ""
    zip: str = ""
    beside: str = ""
    units: int = 1
    source: str = ""

    @property
    def point(self) -> Point:
        return self.longitude, self.latitude


class Geocoder(Protocol):
    """Somebody who knows places: our own list, or a service that is asked."""

    def find(self, typed: str, *, near: Point) -> Sequence[Found]:
        """The likeliest first; nothing when it knows of none."""
        ...


def door(number: str, street: str) -> str:
    """ "12 Elm St", but "12, rue des Pins"."""
    words = normalised(street)
    french = len(words) > 1 and words[0] in _FRENCH and words[-1] not in GENERIC
    return f"{number}, {street}" if french else f"{number} {street}"
