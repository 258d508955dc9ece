"""Files of places, as towns and OpenAddresses export them, into the town's own lists.

``files`` reads records, ``columns`` finds what they mean, ``rows`` makes places of
them, ``gathering`` counts, ``meetings`` finds crossings and ``writing`` keeps it all.
"""

from __future__ import annotations

from tenants.places.importing.columns import NoSuchColumn
from tenants.places.importing.files import NotAList
from tenants.places.importing.gathering import BadLine, Told
from tenants.places.importing.writing import (
    Delivery,
    FarFewer,
    Imported,
    NothingUsable,
    import_places,
)

__all__ = [
    "BadLine",
    "Delivery",
    "FarFewer",
    "Imported",
    "NoSuchColumn",
    "NotAList",
    "NothingUsable",
    "Told",
    "import_places",
]
