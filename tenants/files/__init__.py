"""A town as a file: read with every fault named, written back, and compared.

``reading`` turns a text into a town by way of ``drafts`` (its shape) and ``checks``
(its sense); ``writing`` is the way back; ``changes`` says what a new one changes.
"""

from __future__ import annotations

from tenants.files.changes import Difference, differences
from tenants.files.checks.facts import regions
from tenants.files.drafts import shaped
from tenants.files.findings import Fault, Finding, TownFileInvalid
from tenants.files.matching import name_of
from tenants.files.places import Path
from tenants.files.reading import read, recall
from tenants.files.writing import write

__all__ = [
    "Difference",
    "Fault",
    "Finding",
    "Path",
    "TownFileInvalid",
    "differences",
    "name_of",
    "read",
    "recall",
    "regions",
    "shaped",
    "write",
]
