"""The municipalities: their rules as files, in versions, and what these decide.

``town`` is the value a file says, ``files`` reads, writes and compares it, ``rules``
decides, ``publishing`` makes versions and ``queries`` finds them.
"""

from __future__ import annotations

from tenants.files import Difference, Finding, TownFileInvalid, differences, read, write
from tenants.publishing import (
    LineTaken,
    Published,
    export_town,
    import_town,
    preview,
)
from tenants.queries import (
    Rules,
    all_towns,
    by_id,
    by_prefix,
    by_slug,
    current,
    find_line,
    look_up,
    rules_of,
)

__all__ = [
    "Difference",
    "Finding",
    "LineTaken",
    "Published",
    "Rules",
    "TownFileInvalid",
    "all_towns",
    "by_id",
    "by_prefix",
    "by_slug",
    "current",
    "differences",
    "export_town",
    "find_line",
    "import_town",
    "look_up",
    "preview",
    "read",
    "rules_of",
    "write",
]
