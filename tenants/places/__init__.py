"""Where things are in a town: its own list of places, and whoever else knows.

``importing`` reads the files, ``searching`` finds what is typed, ``geocoders`` ask
others when the town's own list has nothing.
"""

from __future__ import annotations

from tenants.places.distances import metres
from tenants.places.found import Found, FoundKind, Geocoder
from tenants.places.gazetteer import landmarks
from tenants.places.importing import (
    BadLine,
    Delivery,
    FarFewer,
    Imported,
    NoSuchColumn,
    NotAList,
    NothingUsable,
    Told,
    import_places,
)
from tenants.places.models import Kind
from tenants.places.searching import at_point, search

__all__ = [
    "BadLine",
    "Delivery",
    "FarFewer",
    "Found",
    "FoundKind",
    "Geocoder",
    "Imported",
    "Kind",
    "NoSuchColumn",
    "NotAList",
    "NothingUsable",
    "Told",
    "at_point",
    "import_places",
    "landmarks",
    "metres",
    "search",
]
