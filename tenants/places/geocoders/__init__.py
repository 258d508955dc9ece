"""Services that know places, asked only when the town's own list has nothing."""

from __future__ import annotations

from tenants.places.found import Geocoder
from tenants.places.geocoders.asking import GeocoderRefused, GeocoderSilent, Service
from tenants.places.geocoders.nominatim import Nominatim
from tenants.places.geocoders.pelias import Pelias
from townline.settings import Places

__all__ = [
    "GeocoderRefused",
    "GeocoderSilent",
    "Nominatim",
    "Pelias",
    "Service",
    "chosen",
]


def chosen(settings: Places) -> Geocoder | None:
    """The service that the operator has set up, if any."""
    service = Service(url=settings.geocoder_url, key=settings.geocoder_key)
    match settings.geocoder:
        case "nominatim":
            return Nominatim(service)
        case "pelias":
            return Pelias(service)
        case _:
            return None
