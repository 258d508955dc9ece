"""A town's next version while it is prepared: one open draft, everybody's edits in it.

``edits`` says what can be done, ``merging`` keeps two people's changes, ``steps``
writes each down and takes it back, ``service`` is the way in.
"""

from __future__ import annotations

from tenants.drafting.edits import (
    Assign,
    Drop,
    Edit,
    EditedMeanwhile,
    KeyTaken,
    Move,
    Put,
    mark,
)
from tenants.drafting.keeping import DraftPlanned, unpublished
from tenants.drafting.models import TownDraft, TownDraftChange
from tenants.drafting.service import (
    Editing,
    NeedsSecondPerson,
    change_now,
    edit,
    editing,
)

__all__ = [
    "Assign",
    "DraftPlanned",
    "Drop",
    "Edit",
    "EditedMeanwhile",
    "Editing",
    "KeyTaken",
    "Move",
    "NeedsSecondPerson",
    "Put",
    "TownDraft",
    "TownDraftChange",
    "change_now",
    "edit",
    "editing",
    "mark",
    "unpublished",
]
