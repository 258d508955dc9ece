"""What residents asked for, what they were promised, and what came of it.

``rules`` decides, ``opening``, ``reporting`` and ``progress`` act, ``queries`` and
``listing`` read. Relays and surveys follow a ticket through ``WATCHERS``.
"""

from __future__ import annotations

from tickets import sheets
from tickets.assigning import assign, assignees, assignment
from tickets.errors import (
    AlreadyClosed,
    LevelReasonNeeded,
    Misheard,
    NoSuchSheet,
    NotALevel,
    NotASheetNumber,
    NotATrackingNumber,
    NoteNeeded,
    NotTheirTicket,
    PhotoNeeded,
)
from tickets.exporting import Exported, every
from tickets.fates import Assignment
from tickets.faults import Fault, caller_faults, faults
from tickets.intake import Caller, Intake, level_of
from tickets.joining import (
    AlreadyTakenBack,
    MeToo,
    NotAMeToo,
    join,
    take_back,
)
from tickets.listing import After, Filters, Row, listing
from tickets.models import Closure, Milestone, Note, Photo, Reporter, Ticket
from tickets.opening import open
from tickets.paper import CallSheet
from tickets.phones import normalised
from tickets.pictures import NotAPicture, PictureTooLarge
from tickets.progress import add_note, add_photo, close, mark
from tickets.queries import (
    by_number,
    by_tracking,
    closure,
    get,
    history,
    linked,
    milestones,
    name_at,
    notes,
    of_call,
    of_caller,
    photo,
    photos,
    reporters,
)
from tickets.recent import Opened, Recent, opened_since
from tickets.relevelling import relevel
from tickets.reporting import own_promise
from tickets.rules.masking import masked
from tickets.rules.people import Shown
from tickets.rules.tracking import spelled
from tickets.terms import (
    Audience,
    Channel,
    Confidence,
    Identity,
    PlaceKind,
    Reason,
    Step,
    TellBy,
    Viewer,
)
from tickets.watchers import WATCHERS, Watcher

__all__ = [
    "WATCHERS",
    "After",
    "AlreadyClosed",
    "AlreadyTakenBack",
    "Assignment",
    "Audience",
    "CallSheet",
    "Caller",
    "Channel",
    "Closure",
    "Confidence",
    "Exported",
    "Fault",
    "Filters",
    "Identity",
    "Intake",
    "LevelReasonNeeded",
    "MeToo",
    "Milestone",
    "Misheard",
    "NoSuchSheet",
    "NotALevel",
    "NotAMeToo",
    "NotAPicture",
    "NotASheetNumber",
    "NotATrackingNumber",
    "NotTheirTicket",
    "Note",
    "NoteNeeded",
    "Opened",
    "Photo",
    "PhotoNeeded",
    "PictureTooLarge",
    "PlaceKind",
    "Reason",
    "Recent",
    "Reporter",
    "Row",
    "Shown",
    "Step",
    "TellBy",
    "Ticket",
    "Viewer",
    "Watcher",
    "add_note",
    "add_photo",
    "assign",
    "assignees",
    "assignment",
    "by_number",
    "by_tracking",
    "caller_faults",
    "close",
    "closure",
    "every",
    "faults",
    "get",
    "history",
    "join",
    "level_of",
    "linked",
    "listing",
    "mark",
    "masked",
    "milestones",
    "name_at",
    "normalised",
    "notes",
    "of_call",
    "of_caller",
    "open",
    "opened_since",
    "own_promise",
    "photo",
    "photos",
    "relevel",
    "reporters",
    "sheets",
    "spelled",
    "take_back",
]
