"""What residents asked for, what they were promised, and what came of it.

``rules`` decides, ``opening``, ``reporting`` and ``progress`` act, ``queries`` and
``listing`` read. Relays and surveys follow a ticket through ``WATCHERS``.
"""

from __future__ import annotations

from tickets import sheets
from tickets.assigning import assign, assignees, assignment
from tickets.errors import (
    AlreadyClosed,
    IntoClosed,
    IntoItself,
    LevelReasonNeeded,
    Misheard,
    NoSuchReporter,
    NoSuchSheet,
    NotALevel,
    NotASheetNumber,
    NotATrackingNumber,
    NotClosed,
    NoteNeeded,
    NotTheirTicket,
    PhotoNeeded,
    ReopenReasonNeeded,
)
from tickets.exporting import Exported, every
from tickets.fates import Assignment, Merging, Reopening
from tickets.faults import Fault, caller_faults, check_words, faults
from tickets.filtering import NOBODY, Due, Filters, Promised
from tickets.foreseeing import refused_closing
from tickets.intake import Caller, Intake, level_of
from tickets.joining import (
    AlreadyTakenBack,
    MeToo,
    NotAMeToo,
    join,
    take_back,
)
from tickets.listing import After, Row, listing
from tickets.merging import both, merge, merged_into, merging
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
    for_dispatch,
    get,
    history,
    is_anonymous,
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
from tickets.reopening import reopen, reopenings, rules_now, times_reopened
from tickets.reporting import own_promise
from tickets.rules.masking import masked
from tickets.rules.people import Shown
from tickets.rules.tracking import spelled
from tickets.splitting import Part, split
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
    "NOBODY",
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
    "Due",
    "Exported",
    "Fault",
    "Filters",
    "Identity",
    "Intake",
    "IntoClosed",
    "IntoItself",
    "LevelReasonNeeded",
    "MeToo",
    "Merging",
    "Milestone",
    "Misheard",
    "NoSuchReporter",
    "NoSuchSheet",
    "NotALevel",
    "NotAMeToo",
    "NotAPicture",
    "NotASheetNumber",
    "NotATrackingNumber",
    "NotClosed",
    "NotTheirTicket",
    "Note",
    "NoteNeeded",
    "Opened",
    "Part",
    "Photo",
    "PhotoNeeded",
    "PictureTooLarge",
    "PlaceKind",
    "Promised",
    "Reason",
    "Recent",
    "ReopenReasonNeeded",
    "Reopening",
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
    "both",
    "by_number",
    "by_tracking",
    "caller_faults",
    "check_words",
    "close",
    "closure",
    "every",
    "faults",
    "for_dispatch",
    "get",
    "history",
    "is_anonymous",
    "join",
    "level_of",
    "linked",
    "listing",
    "mark",
    "masked",
    "merge",
    "merged_into",
    "merging",
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
    "refused_closing",
    "relevel",
    "reopen",
    "reopenings",
    "reporters",
    "rules_now",
    "sheets",
    "spelled",
    "split",
    "take_back",
    "times_reopened",
]
